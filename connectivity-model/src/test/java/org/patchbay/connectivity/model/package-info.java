@NullMarked
package org.patchbay.connectivity.model;

import org.jspecify.annotations.NullMarked;
