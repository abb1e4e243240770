package org.patchbay.connectivity.model.credentials;

/** A certificate, its key, and the public key in it. */
public final class SampleKeys {

    public static final String CERTIFICATE =
            """
            -----BEGIN CERTIFICATE-----
            MIIBdjCCARugAwIBAgIUVeR9Vh2qKt+9oHqprGMPPNo4JKswCgYIKoZIzj0EAwIw
            DzENMAsGA1UEAwwEdGVzdDAgFw0yNjExMjEwNjUyNThaGA8yMTI2MTAyODA2NTI1
            OFowDzENMAsGA1UEAwwEdGVzdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABL7c
            kz7K4Rzn6p5AotLkllcEWFsmR6ZRZCzH/nzKBcn6OKXN3ywtySxV6YqrPtfDw6cr
            M6fjf2nc6wCQmmuS7xijUzBRMB0GA1UdDgQWBBS7vGUip7aKCTi9LQV5Ol5QYhx/
            NzAfBgNVHSMEGDAWgBS7vGUip7aKCTi9LQV5Ol5QYhx/NzAPBgNVHRMBAf8EBTAD
            AQH/MAoGCCqGSM49BAMCA0kAMEYCIQDvpjGn2DO+DP4Wx5Y6mIl7galXT2Yjx0rB
            AzCvnzWlaQIhAMUCvo2CtPjaG/vBqN1iTzlv30JHxwmuHueYIFwzzyDO
            -----END CERTIFICATE-----
            """;

    public static final String KEY =
            """
            -----BEGIN PRIVATE KEY-----
            MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg8n2QO8BqtSl51SBu
            zurdlRwHGhkcnBnwi5bnVm/7XpihRANCAAS+3JM+yuEc5+qeQKLS5JZXBFhbJkem
            UWQsx/58ygXJ+jilzd8sLcksVemKqz7Xw8OnKzOn439p3OsAkJprku8Y
            -----END PRIVATE KEY-----
            """;

    public static final String PUBLIC_KEY =
            """
            -----BEGIN PUBLIC KEY-----
            MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEvtyTPsrhHOfqnkCi0uSWVwRYWyZH
            plFkLMf+fMoFyfo4pc3fLC3JLFXpiqs+18PDpyszp+N/adzrAJCaa5LvGA==
            -----END PUBLIC KEY-----
            """;

    private SampleKeys() {}
}
