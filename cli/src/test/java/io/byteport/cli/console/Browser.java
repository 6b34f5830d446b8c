package io.byteport.cli.console;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Chromium without a window, driven by the WebDriver protocol. */
final class Browser implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern STARTED = Pattern.compile("started successfully on port (\\d+)");
  private static final JsonMapper JSON = JsonMapper.shared();

  /** The keys that have no letter, as the protocol writes them. */
  static final String TAB = "\uE004";

  static final String ENTER = "\uE007";

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process driver;
  private final String session;

  private Browser(Process driver, String address, Path profile)
      throws IOException, InterruptedException {
    this.driver = driver;
    Map<String, Object> options =
        Map.of(
            "args",
            List.of(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--lang=en-US",
                "--user-data-dir=" + profile));
    JsonNode made =
        send(
            "POST",
            address + "/session",
            Map.of(
                "capabilities",
                Map.of(
                    "alwaysMatch",
                    Map.of(
                        "browserName",
                        "chrome",
                        "goog:chromeOptions",
                        options,
                        "goog:loggingPrefs",
                        Map.of("browser", "ALL")))));
    this.session = address + "/session/" + made.get("sessionId").asString();
  }

  /** Whether both programs are on the path. */
  static boolean isInstalled() {
    return Stream.of("chromium", "chromedriver").allMatch(Browser::isOnPath);
  }

  private static boolean isOnPath(String program) {
    return Arrays.stream(System.getenv("PATH").split(":", -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  static Browser start(Path folder) throws IOException, InterruptedException {
    Process driver =
        new ProcessBuilder("chromedriver", "--port=0").redirectErrorStream(true).start();
    try {
      BufferedReader said =
          new BufferedReader(
              new InputStreamReader(driver.getInputStream(), StandardCharsets.UTF_8));
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        Matcher started = STARTED.matcher(line);
        if (started.find()) {
          return new Browser(driver, "http://localhost:" + started.group(1), folder);
        }
      }
      throw new IOException("chromedriver has ended");
    } catch (IOException | InterruptedException | RuntimeException e) {
      driver.destroyForcibly();
      throw e;
    }
  }

  private JsonNode send(String method, String address, Object body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .method(
                method,
                method.equals("GET") || method.equals("DELETE")
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
            .build();
    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
    JsonNode value = JSON.readTree(response.body()).get("value");
    if (response.statusCode() != 200) {
      throw new IOException(address + ": " + value);
    }
    return value;
  }

  private JsonNode post(String path, Object body) throws IOException, InterruptedException {
    return send("POST", session + path, body);
  }

  void open(String address) throws IOException, InterruptedException {
    post("/url", Map.of("url", address));
  }

  /** What a script returns. */
  JsonNode run(String script) throws IOException, InterruptedException {
    return post("/execute/sync", Map.of("script", script, "args", List.of()));
  }

  String text() throws IOException, InterruptedException {
    return run("return document.body.innerText").asString();
  }

  String path() throws IOException, InterruptedException {
    return run("return location.pathname").asString();
  }

  /** Presses keys one after the other, as a keyboard does. */
  void type(String keys) throws IOException, InterruptedException {
    List<Object> actions = new ArrayList<>();
    keys.codePoints()
        .mapToObj(Character::toString)
        .forEach(
            key -> {
              actions.add(Map.of("type", "keyDown", "value", key));
              actions.add(Map.of("type", "keyUp", "value", key));
            });
    post(
        "/actions",
        Map.of("actions", List.of(Map.of("type", "key", "id", "keyboard", "actions", actions))));
  }

  /** The name of whatever has the focus, as it is read out. */
  String focused() throws IOException, InterruptedException {
    JsonNode element = send("GET", session + "/element/active", "");
    return label(element);
  }

  /** The names of all elements that a selector finds, as they are read out. */
  List<String> labels(String selector) throws IOException, InterruptedException {
    List<String> labels = new ArrayList<>();
    for (JsonNode element : post("/elements", Map.of("using", "css selector", "value", selector))) {
      labels.add(label(element));
    }
    return labels;
  }

  private String label(JsonNode element) throws IOException, InterruptedException {
    String id = element.properties().iterator().next().getValue().asString();
    return send("GET", session + "/element/" + id + "/computedlabel", "").asString();
  }

  void size(int width, int height) throws IOException, InterruptedException {
    cdp(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  void scheme(String scheme) throws IOException, InterruptedException {
    cdp(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  private void cdp(String command, Map<String, Object> params)
      throws IOException, InterruptedException {
    post("/goog/cdp/execute", Map.of("cmd", command, "params", params));
  }

  /** What the console of the browser says is wrong, since it was asked last. */
  List<String> complaints() throws IOException, InterruptedException {
    List<String> found = new ArrayList<>();
    for (JsonNode line : post("/se/log", Map.of("type", "browser"))) {
      if (line.get("level").asString().equals("SEVERE")) {
        found.add(line.get("message").asString());
      }
    }
    return found;
  }

  /** Waits until a script returns true; false where it never does. */
  boolean comes(String script) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      if (run(script).asBoolean()) {
        return true;
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    return false;
  }

  @Override
  public void close() throws IOException {
    List<ProcessHandle> children = driver.descendants().toList();
    try {
      send("DELETE", session, "");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      driver.destroy();
      children.forEach(ProcessHandle::destroyForcibly);
    }
  }
}
