@NullMarked
package org.patchbay.connectivity.client.link;

import org.jspecify.annotations.NullMarked;
