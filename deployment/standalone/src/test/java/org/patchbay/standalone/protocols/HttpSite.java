package org.patchbay.standalone.protocols;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.patchbay.connectivity.broker.HttpEndpoint;

/** An endpoint that takes whatever it is sent. */
final class HttpSite implements Site {

    private final HttpEndpoint endpoint = HttpEndpoint.started();
    private String path = "";

    @Override
    public String authority() {
        return "127.0.0.1:" + endpoint.port();
    }

    @Override
    public void prepare(ObjectNode example) {
        String uri = example.path("uri").asText().split("\\?", 2)[0];
        path = uri.replaceFirst("^http://[^/]*", "");
    }

    @Override
    public void hear(String address) {
        path = path + address.substring(address.indexOf(':') + 1);
    }

    @Override
    public List<String> heard() {
        return endpoint.heard(path).stream().map(HttpEndpoint.Heard::body).toList();
    }

    @Override
    public void send(String address, String payload) {
        throw new UnsupportedOperationException("An endpoint sends nothing.");
    }

    @Override
    public void close() {
        endpoint.close();
    }
}
