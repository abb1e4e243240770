package org.patchbay.connectivity.model.hosts;

import java.net.InetAddress;

/** A range of IP addresses: {@code 10.0.0.0/8}, {@code fc00::/7}; without a length, one address. */
public record Subnet(InetAddress base, int prefixLength) {

    /** Reads a subnet, without asking any name server. */
    public static Subnet parse(String text) {
        int slash = text.indexOf('/');
        InetAddress base = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
        int bits = base.getAddress().length * Byte.SIZE;
        int length = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
        if (length < 0 || length > bits) {
            throw new IllegalArgumentException("'" + text + "' has no valid prefix length");
        }
        return new Subnet(base, length);
    }

    public boolean contains(InetAddress address) {
        byte[] mine = base.getAddress();
        byte[] other = address.getAddress();
        if (mine.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < prefixLength; bit += Byte.SIZE) {
            int mask = 0xFF << Math.max(0, Byte.SIZE - (prefixLength - bit));
            int at = bit / Byte.SIZE;
            if (((mine[at] ^ other[at]) & mask & 0xFF) != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return base.getHostAddress() + "/" + prefixLength;
    }
}
