@NullMarked
package org.patchbay.connectivity.model.validation.credentials;

import org.jspecify.annotations.NullMarked;
