@NullMarked
package org.patchbay.connectivity.transport.mqtt.consuming;

import org.jspecify.annotations.NullMarked;
