package org.patchbay.mapper;

/** An option of a mapping definition can't be right. */
public final class InvalidOption extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String option;
    private final String allowed;

    /**
     * Says which option is wrong, in words for who configures a connection.
     *
     * @param option its name
     * @param what is wrong, a sentence
     * @param allowed what would be right, a sentence
     */
    public InvalidOption(String option, String what, String allowed) {
        super(what, null, false, false);
        this.option = option;
        this.allowed = allowed;
    }

    public String option() {
        return option;
    }

    public String allowed() {
        return allowed;
    }
}
