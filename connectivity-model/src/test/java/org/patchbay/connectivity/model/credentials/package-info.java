@NullMarked
package org.patchbay.connectivity.model.credentials;

import org.jspecify.annotations.NullMarked;
