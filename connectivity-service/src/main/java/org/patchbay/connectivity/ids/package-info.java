/** The index of all connection ids, fed by the entities, kept by a cluster singleton. */
@NullMarked
package org.patchbay.connectivity.ids;

import org.jspecify.annotations.NullMarked;
