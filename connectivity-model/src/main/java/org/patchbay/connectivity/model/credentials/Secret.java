package org.patchbay.connectivity.model.credentials;

/** A text that must not be seen: {@code toString} shows nothing of it. */
public record Secret(String reveal) {

    @Override
    public String toString() {
        return "***";
    }
}
