package org.patchbay.connectivity.model.mappingtest;

import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.MappingDefinition;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.header.Headers;

/** What a mapper of this definition makes of this message. */
public record MappingTest(MappingDefinition definition, Sample sample) {

    /** A message in one of the two directions. */
    public sealed interface Sample {

        String direction();

        /**
         * As a broker would deliver it.
         *
         * @param headers with the content type
         * @param text the payload as text; null where it is given as bytes, or empty
         * @param base64 the payload as bytes
         * @param subject on whose behalf it would be handled
         */
        record Incoming(
                Headers headers,
                @Nullable String text,
                @Nullable String base64,
                @Nullable String subject)
                implements Sample {
            public static final String DIRECTION = "incoming";

            @Override
            public String direction() {
                return DIRECTION;
            }
        }

        /** As a target would get it. */
        record Outgoing(Signal signal) implements Sample {
            public static final String DIRECTION = "outgoing";

            @Override
            public String direction() {
                return DIRECTION;
            }
        }
    }
}
