package org.patchbay.protocol;

/**
 * The catalogue of errors that belong to the protocol itself; services keep their own beside it.
 */
public final class Problems {

    /** So many characters of a text are shown in an error. */
    private static final int EXCERPT = 256;

    private Problems() {}

    public static Problem jsonInvalid(String why) {
        return Problem.of(400, "json.invalid", "The text is not valid JSON: " + why)
                .describedBy("Check the payload's syntax and its encoding (UTF-8).");
    }

    public static Problem jsonFieldMissing(String pointer) {
        return Problem.of(400, "json.field.missing", "The field " + pointer + " is missing.")
                .describedBy("Add " + pointer + " and send the request again.");
    }

    public static Problem jsonFormatInvalid(String pointer, String expected) {
        return Problem.of(
                        400,
                        "json.format.invalid",
                        "The value at " + pointer + " must be " + expected + ".")
                .describedBy("Send " + expected + " at " + pointer + ".");
    }

    public static Problem jsonPointerInvalid(String pointer, String why) {
        return Problem.of(
                        400,
                        "json.pointer.invalid",
                        "The path '" + excerpt(pointer) + "' can't be followed: " + why + ".")
                .describedBy("A path is a JSON pointer such as /attributes/location.");
    }

    public static Problem topicPathInvalid(String topic, String why) {
        return Problem.of(
                        400,
                        "protocoladapter:unknown.topicpath",
                        "The topic path '" + excerpt(topic) + "' can't be read: " + why + ".")
                .describedBy(
                        "A topic path has the form namespace/name/things/channel/criterion/action.");
    }

    public static Problem fieldSelectorInvalid(String selector, String why) {
        return Problem.of(
                        400,
                        "json.fieldselector.invalid",
                        "The field selector '"
                                + excerpt(selector)
                                + "' can't be read: "
                                + why
                                + ".")
                .describedBy(
                        "Name fields separated by commas, with nested ones in parentheses: a,b/c,d(e,f).");
    }

    public static Problem rqlInvalid(String expression, int position, String why) {
        return Problem.of(
                        400,
                        "rql.expression.invalid",
                        "The RQL expression is wrong at position " + position + ": " + why + ".")
                .describedBy("Expression: " + excerpt(expression, position));
    }

    /** As much of a text as helps to recognise it, however long it is. */
    public static String excerpt(String text) {
        return excerpt(text, 0);
    }

    private static String excerpt(String text, int around) {
        if (text.length() <= EXCERPT) {
            return text;
        }
        int from = Math.clamp(around - EXCERPT / 2, 0, text.length() - EXCERPT);
        int to = from + EXCERPT;
        return (from > 0 ? "…" : "") + text.substring(from, to) + (to < text.length() ? "…" : "");
    }

    public static Problem headerInvalid(String name, String why) {
        return Problem.of(
                400, "header.invalid", "The header '" + name + "' is not valid: " + why + ".");
    }

    public static Problem labelNotUnique(String label) {
        return Problem.of(
                        409,
                        "acknowledgement:label.not.unique",
                        "The label '" + label + "' is declared by another subscriber.")
                .describedBy(
                        "A label of acknowledgements belongs to one subscriber. Use another label, or"
                                + " close the WebSocket or the connection that has it.");
    }

    public static Problem labelNotDeclared(String label) {
        return Problem.of(
                        400,
                        "acknowledgement:label.not.declared",
                        "An acknowledgement has the label '" + label + "', which is not declared.")
                .describedBy(
                        "Name it in declaredAcks of a source of the connection, or in declared-acks"
                                + " when the WebSocket is opened.");
    }

    public static Problem internal(String correlationId) {
        return Problem.of(500, "internalerror", "Something went wrong inside of Patchbay.")
                .describedBy(
                        "Look for the correlation id " + correlationId + " in the server's log.");
    }
}
