package io.byteport.adapter.cloud.github;

import io.byteport.adapter.cloud.http.Address;
import io.byteport.adapter.cloud.http.Api;
import io.byteport.adapter.cloud.http.Shape;
import io.byteport.engine.spi.ActionException;

/** A repository, owner and name. */
record Repository(String owner, String repo) {
  private static final Shape SHAPE =
      Shape.of(
          "a repository",
          "[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})/(?!\\.{1,2}$)[A-Za-z0-9._-]{1,100}",
          "myorg/infra");

  /**
   * @throws ActionException if it is no owner and name
   */
  static Repository of(String text) throws ActionException {
    SHAPE.check(text);
    int slash = text.indexOf('/');
    return new Repository(text.substring(0, slash), text.substring(slash + 1));
  }

  String name() {
    return owner + "/" + repo;
  }

  Address at(Api api, String... segments) {
    return api.at("repos", owner, repo).at(segments);
  }
}
