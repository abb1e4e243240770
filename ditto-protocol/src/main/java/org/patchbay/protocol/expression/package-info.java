/**
 * What RQL and placeholders have in common: patterns with wildcards and times relative to now.
 *
 * <p>Both are read once and hold for many messages. Nothing here knows of messages.
 */
@NullMarked
package org.patchbay.protocol.expression;

import org.jspecify.annotations.NullMarked;
