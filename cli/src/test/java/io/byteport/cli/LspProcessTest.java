package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The language server as the process that an editor starts. */
@Timeout(180)
class LspProcessTest {
  private static final Pattern HEADER = Pattern.compile("Content-Length: (\\d+)");

  @TempDir private Path folder;
  private Process server;
  private OutputStream toServer;
  private InputStream fromServer;

  @BeforeEach
  void started() throws IOException {
    server =
        ClusterProcess.java(Main.class.getName(), List.of("lsp"))
            .directory(folder.toFile())
            .redirectError(folder.resolve("err").toFile())
            .start();
    toServer = server.getOutputStream();
    fromServer = new BufferedInputStream(server.getInputStream());
  }

  @AfterEach
  void ended() {
    server.destroyForcibly();
  }

  private void send(String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    toServer.write(
        ("Content-Length: " + body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    toServer.write(body);
    toServer.flush();
  }

  private void initialize(String processId) throws IOException {
    send(
        """
        {"jsonrpc":"2.0","id":1,"method":"initialize","params":{
          "processId":%s,"capabilities":{},"rootUri":"%s"}}
        """
            .formatted(processId, folder.toUri()));
    assertThat(message()).isNotNull();
  }

  /** The next message; null where the stream ends. Fails where anything else is in it. */
  private @Nullable JsonNode message() throws IOException {
    List<String> headers = new ArrayList<>();
    for (String line = line(); line != null && !line.isEmpty(); line = line()) {
      headers.add(line);
    }
    if (headers.isEmpty()) {
      return null;
    }
    assertThat(headers).allMatch(header -> header.startsWith("Content-"));
    Matcher length = HEADER.matcher(headers.getFirst());
    assertThat(length.matches()).as(headers.getFirst()).isTrue();
    byte[] body = fromServer.readNBytes(Integer.parseInt(length.group(1)));
    return new JsonMapper().readTree(new String(body, StandardCharsets.UTF_8));
  }

  private @Nullable String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = fromServer.read(); next != '\n'; next = fromServer.read()) {
      if (next < 0) {
        return line.isEmpty() ? null : line.toString();
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  @Test
  void nothing_but_messages_is_on_its_output_whatever_is_logged() throws Exception {
    initialize("null");
    send("{\"jsonrpc\":\"2.0\",\"method\":\"initialized\",\"params\":{}}");
    send("{\"jsonrpc\":\"2.0\",\"method\":\"nobody/knows\",\"params\":{}}");
    send("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"shutdown\"}");
    send("{\"jsonrpc\":\"2.0\",\"method\":\"exit\"}");

    List<JsonNode> messages = new ArrayList<>();
    for (JsonNode next = message(); next != null; next = message()) {
      messages.add(next);
    }
    assertThat(messages).allMatch(one -> one.path("jsonrpc").asString("").equals("2.0"));
    assertThat(messages).anyMatch(one -> one.path("id").asInt(0) == 2);
    assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(server.exitValue()).isEqualTo(ExitStatus.OK);
    assertThat(folder.resolve("err")).content().contains("nobody/knows");
  }

  @Test
  void it_ends_when_its_editor_is_gone() throws Exception {
    Process editor = new ProcessBuilder("sleep", "600").start();
    try {
      initialize(Long.toString(editor.pid()));
      assertThat(server.isAlive()).isTrue();
    } finally {
      editor.destroyForcibly();
    }
    assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(server.exitValue()).isEqualTo(ExitStatus.FINDINGS);
  }

  @Test
  void it_ends_when_its_input_does() throws Exception {
    initialize("null");
    toServer.close();
    assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(server.exitValue()).isEqualTo(ExitStatus.FINDINGS);
  }
}
