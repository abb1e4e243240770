/** Tests of the labels of acknowledgements: the rule on its own, and nodes of a real cluster. */
@NullMarked
package org.patchbay.cluster.label;

import org.jspecify.annotations.NullMarked;
