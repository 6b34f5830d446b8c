package io.byteport.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A cluster as it is without the program and its client: plain requests. */
record PlainApi(String url) {

  /** The object at a path; fails where the answer is no success. */
  JsonNode get(String path) {
    return ask("GET", path);
  }

  /** Deletes the object at a path. */
  void delete(String path) {
    ask("DELETE", path);
  }

  private JsonNode ask(String method, String path) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      var answer =
          http.send(
              HttpRequest.newBuilder(URI.create(url + path))
                  .method(method, HttpRequest.BodyPublishers.noBody())
                  .build(),
              BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IOException(path + " answered " + answer.statusCode() + ": " + answer.body());
      }
      return JsonMapper.shared().readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The name of the first pod of a namespace. */
  String firstPod(String namespace) {
    return get("/api/v1/namespaces/" + namespace + "/pods").at("/items/0/metadata/name").asString();
  }
}
