/**
 * How issuers of tokens are asked for their documents: over HTTP, through a proxy where there is
 * one, with certificates of the operator's choice. {@link
 * org.patchbay.gateway.documents.FetchedDocuments} asks.
 */
@NullMarked
package org.patchbay.gateway.documents;

import org.jspecify.annotations.NullMarked;
