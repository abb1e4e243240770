package org.patchbay.benchmarks.bare;

/** A program of its own that ends with its input. */
final class BareLoop {

    private BareLoop() {}

    /**
     * @param arguments type of connection, port, where to consume, where to publish
     */
    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[1]);
        String in = arguments[2];
        String out = arguments[3];
        switch (arguments[0]) {
            case "mqtt" -> BareMqtt3.start(port, in, out);
            case "mqtt-5" -> BareMqtt5.start(port, in, out);
            case "amqp-091" -> BareAmqp091.start(port, in, out);
            case "amqp-10" -> BareAmqp10.start(port, in, out);
            case "kafka", "hono" -> BareKafka.start(port, in, out);
            case "http-push" -> BareHttp.start(port, in, out);
            default -> throw new IllegalArgumentException("There is no loop of " + arguments[0]);
        }
        System.out.println(BareProcess.READY);
        while (System.in.read() >= 0) {
            // Until whoever started it closes the pipe.
        }
        System.exit(0);
    }
}
