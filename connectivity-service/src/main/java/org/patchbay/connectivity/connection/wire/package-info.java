/**
 * The stored and sent forms of connections under their explicit names: commands, replies, events
 * and states, one vocabulary each. A form that is stored once must stay readable for ever; no rules
 * in here.
 */
@NullMarked
package org.patchbay.connectivity.connection.wire;

import org.jspecify.annotations.NullMarked;
