/**
 * JSON Web Tokens of OpenID Connect issuers. {@link
 * org.patchbay.gateway.authentication.token.Tokens} takes a token through all checks to a {@link
 * org.patchbay.gateway.authentication.token.Verdict}; {@code IssuerKeys} fetches, keeps and renews
 * an issuer's keys; {@code Claims} are the {@code jwt:} placeholders that subjects and headers are
 * made of.
 *
 * <p>Cryptography is the library's. Who may do what with a valid token is not decided here.
 */
@NullMarked
package org.patchbay.gateway.authentication.token;

import org.jspecify.annotations.NullMarked;
