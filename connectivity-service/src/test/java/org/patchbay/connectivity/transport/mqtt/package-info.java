/** MQTT 3.1.1 and 5 against an embedded broker and mosquitto. */
@NullMarked
package org.patchbay.connectivity.transport.mqtt;

import org.jspecify.annotations.NullMarked;
