/**
 * The description of the HTTP API, {@code /openapi.json}, and the page to try it, {@code /apidoc}.
 * The description's source is the YAML below {@code resources/openapi}; a test holds it against the
 * routes, both ways. Nothing here may load anything from another server.
 */
@NullMarked
package org.patchbay.gateway.apidoc;

import org.jspecify.annotations.NullMarked;
