/**
 * Encryption of what is secret in stored connections, and the migration of what is stored to
 * another key.
 *
 * <p>Start at {@link org.patchbay.connectivity.encryption.ConnectionEncryption}: what happens to
 * the JSON of a connection on its way to the journal and back. It works on JSON and pointers and
 * knows no entity, no client and no transport; keys never leave this folder.
 */
@NullMarked
package org.patchbay.connectivity.encryption;

import org.jspecify.annotations.NullMarked;
