package org.patchbay.connectivity.transport.amqp10.link;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.JMSException;
import jakarta.jms.ResourceAllocationException;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchbay.connectivity.transport.Failure;
import org.patchbay.connectivity.transport.PublishResult;
import org.patchbay.connectivity.transport.endpoint.Endpoint;

class ReasonsTest {

    private static final Endpoint ENDPOINT = new Endpoint("amqp", "broker", 5672, null, null);

    @ParameterizedTest
    @CsvSource({
        "Timed out waiting for credit to send Message, the address is full",
        "Timed out waiting for disposition of sent Message, jms.sendTimeout",
        "Delivery failed: released by receiver, gave the message back",
        "Delivery failed: failure at remote, could not take the message",
        "Request to open resource AmqpConsumer { ID:1:1 } timed out, jms.requestTimeout",
        "Unknown error from remote peer, it gave no reason",
        "Transport connection remotely closed., the other end closed the link",
        "Cannot send to a non-connected transport., the other end closed the link",
        "Transport closed due to the peer exceeding our requested idle-timeout, amqp.idleTimeout",
        "Received error from remote peer without description [condition = amqp:connection:forced], the broker ended it",
        "Received error from remote peer without description [condition = amqp:link:stolen], amqp:link:stolen",
        "Address x is full. [condition = amqp:resource-limit-exceeded], Address x is full."
    })
    void the_librarys_words_become_such_as_tell_what_to_do_and_a_brokers_stay(
            String text, String words) {
        assertThat(Reasons.of(new JMSException(text))).contains(words);
    }

    @Test
    void a_link_that_closes_while_it_is_made_is_not_told_in_the_words_of_a_machine() {
        Failure failure =
                Amqp10Failures.connecting(
                        ENDPOINT, false, nullPointer("org.apache.qpid.jms.JmsConnection"));

        assertThat(failure.blame()).isEqualTo(Failure.Blame.SYSTEM);
        assertThat(failure.description())
                .contains("amqp://broker:5672")
                .contains("the other end closed the link")
                .doesNotContain("serializer");
    }

    @Test
    void a_mistake_of_our_own_is_not_blamed_on_the_other_end() {
        Failure failure =
                Amqp10Failures.connecting(ENDPOINT, false, nullPointer(Reasons.class.getName()));

        assertThat(failure.description())
                .contains("serializer")
                .doesNotContain("the other end closed the link");
    }

    private static JMSException nullPointer(String thrownBy) {
        var root = new NullPointerException("because \"this.serializer\" is null");
        root.setStackTrace(
                new StackTraceElement[] {new StackTraceElement(thrownBy, "x", "x.java", 1)});
        JMSException thrown = new JMSException("x");
        thrown.initCause(root);
        return thrown;
    }

    @Test
    void what_is_not_the_librarys_is_told_as_before() {
        JMSException refused = new JMSException("x");
        refused.initCause(new ConnectException("Connection refused"));

        assertThat(Amqp10Failures.connecting(ENDPOINT, false, refused).description())
                .contains("Connection refused");
    }

    @Test
    void an_address_without_room_is_told_with_what_to_do_and_tried_again() {
        PublishResult result =
                Amqp10Failures.publishing(
                        "out", true, new ResourceAllocationException("Address out is full."));

        assertThat(result.status()).isEqualTo(503);
        assertThat(result.again()).isTrue();
        assertThat(String.valueOf(result.value()))
                .contains("no room", "'out'", "enlarge", "Address out is full.");
    }
}
