package org.patchbay.connectivity.transport.http.signing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.Json;

/** The values that AWS has published: its test suite, and the examples of S3's documentation. */
class Aws4SigningTest {

    private static final Instant SUITE = Instant.parse("2015-08-30T12:36:00Z");
    private static final Instant S3 = Instant.parse("2013-05-24T00:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "GET, '', 5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
        "POST, '', 5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b",
        "GET, Param1=value1, a67d582fa61cc504c4bae71f336f98b97f1ea3c7a6bfe1b6e45aec72011b9aeb",
        "GET, Param2=value2&Param1=value1,"
                + " b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
    })
    void signs_as_the_test_suite_does(String method, String query, String signature) {
        var request = request(method, "example.amazonaws.com", "/", query, Headers.EMPTY, "");

        Map<String, String> signed = suite("{}").sign(request, SUITE);

        assertThat(signed)
                .containsEntry("x-amz-date", "20150830T123600Z")
                .containsEntry(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/"
                                + "aws4_request, SignedHeaders=host;x-amz-date, Signature="
                                + signature)
                .hasSize(2);
    }

    @Test
    void signs_body_and_further_headers() {
        Headers headers = Headers.EMPTY.with("Content-Type", "application/x-www-form-urlencoded");
        var request = request("POST", "example.amazonaws.com", "/", "", headers, "Param1=value1");

        Map<String, String> signed =
                suite("{\"canonicalHeaders\": [\"host\", \"Content-Type\", \"missing\"]}")
                        .sign(request, SUITE);

        assertThat(signed.get("Authorization"))
                .endsWith(
                        "SignedHeaders=content-type;host;x-amz-date, Signature="
                                + "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a");
    }

    @Test
    void signs_what_s3_gets() {
        Headers headers = Headers.EMPTY.with("range", "bytes=0-9");
        var request =
                request("GET", "examplebucket.s3.amazonaws.com", "/test.txt", "", headers, "");

        Map<String, String> signed = s3("[\"host\", \"range\", \"x-amz-date\"]").sign(request, S3);

        assertThat(signed.get("Authorization"))
                .endsWith(
                        "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date, Signature="
                                + "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
    }

    @Test
    void signs_what_s3_stores() {
        Headers headers =
                Headers.EMPTY
                        .with("Date", "Fri, 24 May 2013 00:00:00 GMT")
                        .with("x-amz-storage-class", "REDUCED_REDUNDANCY");
        var request =
                request(
                        "PUT",
                        "examplebucket.s3.amazonaws.com",
                        "/test$file.text",
                        "",
                        headers,
                        "Welcome to Amazon S3.");

        Map<String, String> signed = s3("[\"date\", \"x-amz-storage-class\"]").sign(request, S3);

        assertThat(signed)
                .containsEntry(
                        "x-amz-content-sha256",
                        "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072");
        assertThat(signed.get("Authorization"))
                .endsWith("98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");
    }

    /** The published signature of what S3 stores, which covers the storage class. */
    @Test
    void signs_headers_of_aws_without_being_told() {
        Headers headers =
                Headers.EMPTY
                        .with("Date", "Fri, 24 May 2013 00:00:00 GMT")
                        .with("X-Amz-Storage-Class", "REDUCED_REDUNDANCY")
                        .with("x-amz-date", "replaced");
        var request =
                request(
                        "PUT",
                        "examplebucket.s3.amazonaws.com",
                        "/test$file.text",
                        "",
                        headers,
                        "Welcome to Amazon S3.");

        Map<String, String> signed = s3("[\"date\"]").sign(request, S3);

        assertThat(signed.get("Authorization"))
                .contains("SignedHeaders=date;host;x-amz-content-sha256;x-amz-date;x-amz-storage")
                .endsWith("98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");
    }

    /** The suite's "get-slash" and "get-slashes", and "get-slash-pointless-dot" without its dot. */
    @ParameterizedTest
    @CsvSource({
        "//, 5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
        "//example//, 9a624bd73a37c9a373b5312afbebe7a714a789de108f0bdfe846570885f57e84",
        "//example, ef75d96142cf21edca26f06005da7988e4f8dc83a165a80865db7089db637ec5",
    })
    void signs_paths_without_empty_segments(String path, String signature) {
        var request = request("GET", "example.amazonaws.com", path, "", Headers.EMPTY, "");

        assertThat(suite("{}").sign(request, SUITE).get("Authorization")).endsWith(signature);
    }

    @Test
    void a_payload_can_be_left_unsigned() {
        var request = request("PUT", "bucket", "/", "", Headers.EMPTY, "body");

        Map<String, String> signed =
                suite("{\"xAmzContentSha256\": \"UNSIGNED\"}").sign(request, SUITE);

        assertThat(signed).containsEntry("x-amz-content-sha256", "UNSIGNED-PAYLOAD");
    }

    @ParameterizedTest
    @CsvSource({
        "/a%20b, true, /a%2520b",
        "/a:b, true, /a%3Ab",
        "/a%20b:c~, false, /a%20b%3Ac~",
        "'', true, /",
        "//, true, /",
        "/a//b, true, /a/b",
        "//a///b//, true, /a/b/",
        "//, false, //",
        "/a//b/, false, /a//b/",
    })
    void a_path_is_encoded_once_or_twice(String sent, boolean twice, String canonical) {
        assertThat(CanonicalUri.path(sent, twice)).isEqualTo(canonical);
    }

    @ParameterizedTest
    @CsvSource({
        "b=2&a=1&a=0, a=0&a=1&b=2",
        "a, a=",
        "a=b=c&, a=b%3Dc",
        "m=%c3%a4, m=%C3%A4",
    })
    void parameters_are_in_order(String sent, String canonical) {
        assertThat(CanonicalUri.query(sent)).isEqualTo(canonical);
    }

    private static RequestSigning.Signer suite(String further) {
        ObjectNode parameters = (ObjectNode) Json.parse(further);
        return new Aws4Signing()
                .signer(
                        parameters
                                .put("region", "us-east-1")
                                .put("service", "service")
                                .put("accessKey", "AKIDEXAMPLE")
                                .put("secretKey", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"));
    }

    private static RequestSigning.Signer s3(String canonicalHeaders) {
        ObjectNode parameters =
                (ObjectNode) Json.parse("{\"canonicalHeaders\": " + canonicalHeaders + "}");
        return new Aws4Signing()
                .signer(
                        parameters
                                .put("region", "us-east-1")
                                .put("service", "s3")
                                .put("doubleEncode", false)
                                .put("xAmzContentSha256", "INCLUDED")
                                .put("accessKey", "AKIAIOSFODNN7EXAMPLE")
                                .put("secretKey", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"));
    }

    private static UnsignedRequest request(
            String method, String host, String path, String query, Headers headers, String body) {
        return new UnsignedRequest(
                method, host, path, query, headers, body.getBytes(StandardCharsets.UTF_8));
    }
}
