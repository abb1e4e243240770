package org.patchbay.protocol.placeholder;

import java.util.ArrayList;
import java.util.List;

/**
 * Puts pieces of a text together, each of which may have several values: every value of one with
 * every value of the others. However the values multiply and grow, what comes out is bounded.
 */
final class Texts {

    /** So many texts are more than anybody means. */
    private static final int TEXTS_MAX = 10_000;

    /** Counted over all texts that one step makes. */
    private static final int CHARACTERS_MAX = 4_000_000;

    private final List<List<String>> pieces = new ArrayList<>();
    private long texts = 1;
    private long characters;

    void add(String piece) {
        add(List.of(piece));
    }

    /**
     * @param values at least one
     */
    void add(List<String> values) {
        pieces.add(values);
        requireFew(texts * values.size());
        characters = characters * values.size() + texts * lengthOf(values);
        texts *= values.size();
        requireShort(characters);
    }

    /** The texts, those of the first piece's first value first. */
    List<String> joined() {
        List<String> all = new ArrayList<>((int) texts);
        int[] chosen = new int[pieces.size()];
        StringBuilder text = new StringBuilder((int) (characters / texts) + 16);
        do {
            text.setLength(0);
            for (int i = 0; i < chosen.length; i++) {
                text.append(pieces.get(i).get(chosen[i]));
            }
            all.add(text.toString());
        } while (chooseNext(chosen));
        return all;
    }

    /** Counts up, the last piece being the fastest. */
    private boolean chooseNext(int[] chosen) {
        for (int i = chosen.length - 1; i >= 0; i--) {
            if (++chosen[i] < pieces.get(i).size()) {
                return true;
            }
            chosen[i] = 0;
        }
        return false;
    }

    static long lengthOf(List<String> values) {
        long length = 0;
        for (String value : values) {
            length += value.length();
        }
        return length;
    }

    /** Values multiply where several placeholders have several. */
    static void requireFew(long texts) {
        if (texts > TEXTS_MAX) {
            throw Faults.tooManyTexts(TEXTS_MAX).asException();
        }
    }

    /** Texts grow where functions replace little by much. */
    static void requireShort(long characters) {
        if (characters > CHARACTERS_MAX) {
            throw Faults.tooManyCharacters(CHARACTERS_MAX).asException();
        }
    }
}
