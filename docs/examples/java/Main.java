import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs Python from Java 11 or newer, in a running server over http, with the JDK alone: {@code java Main.java demo}
 *
 * <p>A program of more than a page takes a library for JSON in the place of {@link #field}.
 */
public class Main {
  // Straight to loopback, whatever proxy the system has.
  private final HttpClient http = HttpClient.newBuilder().proxy(ProxySelector.of(null)).build();
  private final String url;
  private final String token;

  /** Finds address and token in the endpoint file of that server. */
  Main(String name) throws IOException {
    String home = System.getenv("BEEP_HOME");
    Path root = home != null ? Path.of(home) : Path.of(System.getProperty("user.home"), ".beep-python");
    String endpoint = Files.readString(root.resolve("endpoints").resolve(name + ".json"));
    url = field(endpoint, "url");
    token = field(endpoint, "token");
  }

  /** The answer to an operation; a status other than 200 is an error, with `code`, `message` and `traceback`. */
  HttpResponse<String> ask(String operation, String json) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/" + operation))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  static String field(String json, String name) {
    Matcher found = Pattern.compile("\"" + name + "\"\\s*:\\s*(?:\"([^\"]*)\"|([^,}]*))").matcher(json);
    if (!found.find()) throw new IllegalArgumentException(name + " is not in " + json);
    return found.group(1) != null ? found.group(1) : found.group(2).trim();
  }

  public static void main(String[] args) throws Exception {
    Main python = new Main(args.length > 0 ? args[0] : "demo");

    String code = "import math\\nround(math.pi * r ** 2, 2)";
    HttpResponse<String> area = python.ask("eval", "{\"expression\": \"" + code + "\", \"locals\": {\"r\": 4}}");
    System.out.println("area: " + field(area.body(), "value"));

    HttpResponse<String> failed = python.ask("eval", "{\"expression\": \"1 / 0\"}");
    System.out.println("error: " + failed.statusCode() + " " + field(failed.body(), "message"));
  }
}
