/**
 * Real brokers for tests, of this module and of others: an embedded one that is always there, and
 * mosquitto where it is installed.
 *
 * <p>With {@code PATCHBAY_REQUIRE_BROKERS=true} a test fails instead of being skipped where a
 * broker is missing. Start at {@link org.patchbay.connectivity.broker.MqttBroker}.
 */
@NullMarked
package org.patchbay.connectivity.broker;

import org.jspecify.annotations.NullMarked;
