package io.byteport.adapter.cloud.aws;

import io.byteport.adapter.cloud.http.Address;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The parameters of a call of a query API, sent as a form. Immutable. */
record Form(Map<String, String> parameters) {
  static final String TYPE = "application/x-www-form-urlencoded; charset=utf-8";

  Form {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  static Form of(String action, String version) {
    return new Form(Map.of()).with("Action", action).with("Version", version);
  }

  /** One without a value is left out. */
  Form with(String name, @Nullable String value) {
    if (value == null) {
      return this;
    }
    Map<String, String> more = new LinkedHashMap<>(parameters);
    more.put(name, value);
    return new Form(more);
  }

  /** Values numbered from one: {@code Values.member.1}. */
  Form withAll(String name, List<String> values) {
    Form form = this;
    for (int i = 0; i < values.size(); i++) {
      form = form.with(name + "." + (i + 1), values.get(i));
    }
    return form;
  }

  String text() {
    return parameters.entrySet().stream()
        .map(one -> Address.encode(one.getKey()) + "=" + Address.encode(one.getValue()))
        .collect(Collectors.joining("&"));
  }
}
