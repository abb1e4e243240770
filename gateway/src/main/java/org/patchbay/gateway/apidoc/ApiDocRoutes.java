package org.patchbay.gateway.apidoc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpCharsets;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.patchbay.gateway.authentication.Audience;
import org.patchbay.gateway.http.Answers;
import org.patchbay.gateway.http.Exchange;
import org.patchbay.gateway.http.Refusals;
import org.patchbay.gateway.http.Route;
import org.patchbay.protocol.json.Json;

/** {@code /openapi.json} and {@code /apidoc}, for everybody. */
public final class ApiDocRoutes {

    private static final String PAGE = "/apidoc";
    private static final String INDEX = "index.html";
    private static final String DESCRIPTION = "openapi.json";
    private static final String OWN = "/apidoc/";
    private static final String SWAGGER_UI = "/META-INF/resources/webjars/swagger-ui/";
    private static final String SWAGGER_UI_VERSION =
            "/META-INF/maven/org.webjars/swagger-ui/pom.properties";

    /** The page loads from here alone; Swagger UI styles its elements in place. */
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
                    + " font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none';"
                    + " frame-ancestors 'none'";

    /** What the page is made of; nothing else is served. */
    private static final Map<String, File> FILES =
            Map.of(
                    "apidoc.js", new File(OWN, javascript()),
                    "swagger-ui-bundle.js", new File(SWAGGER_UI, javascript()),
                    "swagger-ui.css",
                            new File(
                                    SWAGGER_UI,
                                    ContentTypes.create(MediaTypes.TEXT_CSS, HttpCharsets.UTF_8)),
                    "favicon-32x32.png",
                            new File(SWAGGER_UI, MediaTypes.IMAGE_PNG.toContentType()));

    private record File(String folder, ContentType type) {}

    private final Map<String, byte[]> read = new ConcurrentHashMap<>();

    public List<Route> routes() {
        return List.of(
                Route.at("/" + DESCRIPTION, Audience.OPEN)
                        .get(_ ->
                                serve(
                                        DESCRIPTION,
                                        ContentTypes.APPLICATION_JSON,
                                        () -> Json.writeBytes(OpenApi.document()))),
                Route.at(PAGE, Audience.OPEN)
                        .get(_ ->
                                serve(
                                        INDEX,
                                        ContentTypes.TEXT_HTML_UTF8,
                                        () -> resource(OWN + INDEX))),
                Route.at(PAGE + "/{file}", Audience.OPEN).get(this::file));
    }

    private CompletionStage<HttpResponse> file(Exchange exchange) {
        String name = exchange.variable("file");
        File file = FILES.get(name);
        if (file == null) {
            throw Refusals.routeNotFound(PAGE + "/" + name).asException();
        }
        String folder =
                file.folder().equals(SWAGGER_UI)
                        ? SWAGGER_UI + swaggerUiVersion() + "/"
                        : file.folder();
        return serve(name, file.type(), () -> resource(folder + name));
    }

    private CompletionStage<HttpResponse> serve(
            String name, ContentType type, Supplier<byte[]> content) {
        byte[] bytes = read.computeIfAbsent(name, _ -> content.get());
        return CompletableFuture.completedFuture(
                Answers.bytes(200, type, bytes)
                        .addHeader(
                                Answers.header("Content-Security-Policy", CONTENT_SECURITY_POLICY))
                        .addHeader(Answers.header("X-Content-Type-Options", "nosniff")));
    }

    private static String swaggerUiVersion() {
        try (InputStream in = ApiDocRoutes.class.getResourceAsStream(SWAGGER_UI_VERSION)) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] resource(String path) {
        try (InputStream in = ApiDocRoutes.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("Not on the class path: " + path);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ContentType javascript() {
        return ContentTypes.create(MediaTypes.APPLICATION_JAVASCRIPT, HttpCharsets.UTF_8);
    }
}
