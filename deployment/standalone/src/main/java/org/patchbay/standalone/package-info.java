/**
 * The one program: reads the configuration, picks the roles, starts them. No behaviour of a service
 * may come in here.
 */
@NullMarked
package org.patchbay.standalone;

import org.jspecify.annotations.NullMarked;
