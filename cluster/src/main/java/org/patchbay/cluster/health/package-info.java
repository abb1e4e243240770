/** Whether this node is ready and well, as parts that each service reports. */
@NullMarked
package org.patchbay.cluster.health;

import org.jspecify.annotations.NullMarked;
