package org.patchbay.protocol.header;

import java.util.Arrays;
import java.util.Locale;

/**
 * Names and values side by side, in the order they were set. A name is found by looking at all of
 * them, which for as few as a message usually has is quicker than any tree or table, and a copy is
 * a copy of arrays; where there are many, by a hash table of positions.
 *
 * <p>Changed by nobody once a {@link Headers} holds it.
 */
final class HeaderTable {

    private static final int FEW = 32;
    private static final int[] NO_SLOTS = {};

    /** A hash table has so many slots for each position. */
    private static final int SPARSE = 4;

    private String[] names;
    private String[] keys;
    private String[] values;
    private int[] hashes;
    private int size;

    /** Position + 1 by hash, and behind it those of the same; nothing where there are few. */
    private int[] slots = NO_SLOTS;

    HeaderTable(int room) {
        names = new String[room];
        keys = new String[room];
        values = new String[room];
        hashes = new int[room];
    }

    /** A copy with room for some more. */
    HeaderTable(HeaderTable from, int more) {
        int room = from.size + more;
        names = Arrays.copyOf(from.names, room);
        keys = Arrays.copyOf(from.keys, room);
        values = Arrays.copyOf(from.values, room);
        hashes = Arrays.copyOf(from.hashes, room);
        size = from.size;
        slots = from.slots.length == 0 ? NO_SLOTS : from.slots.clone();
    }

    /** What a name is known by, however it is written. */
    static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    int size() {
        return size;
    }

    String name(int position) {
        return names[position];
    }

    String key(int position) {
        return keys[position];
    }

    String value(int position) {
        return values[position];
    }

    /** The position of a name, -1 where it is not there. */
    int find(String name) {
        String key = key(name);
        return find(key, key.hashCode());
    }

    private int find(String key, int hash) {
        if (slots.length > 0) {
            int at = slots[slot(key, hash)];
            return at - 1;
        }
        for (int i = 0; i < size; i++) {
            if (hashes[i] == hash && keys[i].equals(key)) {
                return i;
            }
        }
        return -1;
    }

    /** Where the key is, or would be. */
    private int slot(String key, int hash) {
        int mask = slots.length - 1;
        int slot = spread(hash) & mask;
        while (slots[slot] > 0) {
            int at = slots[slot] - 1;
            if (hashes[at] == hash && keys[at].equals(key)) {
                return slot;
            }
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private static int spread(int hash) {
        return hash ^ hash >>> 16;
    }

    /** A name that is there keeps its place. */
    void put(String name, String value) {
        String key = key(name);
        put(name, key, key.hashCode(), value);
    }

    void putAll(HeaderTable other) {
        for (int i = 0; i < other.size; i++) {
            put(other.names[i], other.keys[i], other.hashes[i], other.values[i]);
        }
    }

    private void put(String name, String key, int hash, String value) {
        int known = find(key, hash);
        if (known >= 0) {
            names[known] = name;
            values[known] = value;
        } else {
            add(name, key, hash, value);
        }
    }

    private void add(String name, String key, int hash, String value) {
        if (size == names.length) {
            grow();
        }
        names[size] = name;
        keys[size] = key;
        hashes[size] = hash;
        values[size] = value;
        size++;
        if (size * 2 <= slots.length) {
            slots[slot(key, hash)] = size;
        } else if (size > FEW) {
            fillSlots();
        }
    }

    private void grow() {
        int room = Math.max(8, size * 2);
        names = Arrays.copyOf(names, room);
        keys = Arrays.copyOf(keys, room);
        values = Arrays.copyOf(values, room);
        hashes = Arrays.copyOf(hashes, room);
    }

    private void fillSlots() {
        slots = new int[Integer.highestOneBit(size) * SPARSE];
        for (int i = 0; i < size; i++) {
            slots[slot(keys[i], hashes[i])] = i + 1;
        }
    }

    /** A copy without what stands at the marked positions. */
    HeaderTable without(boolean[] positions) {
        HeaderTable rest = new HeaderTable(size);
        for (int i = 0; i < size; i++) {
            if (!positions[i]) {
                rest.add(names[i], keys[i], hashes[i], values[i]);
            }
        }
        return rest;
    }

    /** Whether the same names, as they are written, have the same values, in whatever order. */
    boolean holdsTheSameAs(HeaderTable other) {
        if (size != other.size) {
            return false;
        }
        for (int i = 0; i < size; i++) {
            int at = other.find(keys[i], hashes[i]);
            if (at < 0
                    || !names[i].equals(other.names[at])
                    || !values[i].equals(other.values[at])) {
                return false;
            }
        }
        return true;
    }

    /** The same in whatever order. */
    int contentHash() {
        int hash = 0;
        for (int i = 0; i < size; i++) {
            hash += hashes[i] ^ 31 * values[i].hashCode();
        }
        return hash;
    }
}
