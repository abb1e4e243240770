/** What becomes of messages, through the whole program and real brokers. */
@NullMarked
package org.patchbay.standalone.messages;

import org.jspecify.annotations.NullMarked;
