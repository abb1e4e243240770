/**
 * One link of a client, from its first attempt to its end: {@code Link} connects, subscribes and
 * ends in order or at once; {@code LinkWatch} counts and logs what it tells meanwhile; {@code
 * Turns} bounds how many links are made to one endpoint at once. Whether another one is made is not
 * decided here.
 */
@NullMarked
package org.patchbay.connectivity.client.link;

import org.jspecify.annotations.NullMarked;
