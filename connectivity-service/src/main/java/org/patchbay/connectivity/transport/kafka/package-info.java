/**
 * Kafka on its own client library.
 *
 * <p>Start at {@link org.patchbay.connectivity.transport.kafka.KafkaTransportClient}. Each consumer
 * of a source has a loop with a thread of its own ({@code consuming}); what is published goes
 * through one {@code KafkaPublisher} ({@code publishing}). The library makes lost connections anew
 * without telling anybody: {@code KafkaCluster} asks whether the brokers are there.
 *
 * <p>No stream connector stands in between, because what is committed, and when, is the contract:
 * see the decision "Kafka is polled by a loop of our own" in {@code docs/adr}.
 */
@NullMarked
package org.patchbay.connectivity.transport.kafka;

import org.jspecify.annotations.NullMarked;
