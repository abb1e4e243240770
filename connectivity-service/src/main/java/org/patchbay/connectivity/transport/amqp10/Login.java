package org.patchbay.connectivity.transport.amqp10;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.credentials.Secret;

/**
 * As whom a link logs in, until when.
 *
 * @param expires null where it holds for ever
 */
public record Login(String username, Secret password, @Nullable Instant expires) {}
