package io.byteport.sim.kubernetes.api;

import io.byteport.sim.kubernetes.scenario.HttpFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides which requests meet a fault: the first declared one that applies. Thread-safe. */
final class FaultInjector {
  private static final class Armed {
    private final HttpFault fault;
    private int seen;

    Armed(HttpFault fault) {
      this.fault = fault;
    }
  }

  private final List<Armed> faults = new ArrayList<>();

  synchronized void add(HttpFault fault) {
    faults.add(new Armed(fault));
  }

  synchronized void clear() {
    faults.clear();
  }

  synchronized Optional<HttpFault.Effect> effectOn(ApiRequest request) {
    for (Armed armed : faults) {
      HttpFault fault = armed.fault;
      if (fault.matches(request.method(), request.path(), request.rawQuery())) {
        int turn = armed.seen++;
        if (turn >= fault.after() && turn - fault.after() < fault.times()) {
          return Optional.of(fault.effect());
        }
      }
    }
    return Optional.empty();
  }

  /** The Status that a fault answers with. */
  static ApiException status(HttpFault.Answer answer) {
    String[] usual =
        switch (answer.status()) {
          case 401 -> new String[] {"Unauthorized", "Unauthorized"};
          case 403 -> new String[] {"Forbidden", "forbidden: the simulated cluster refuses it"};
          case 404 -> new String[] {"NotFound", "the server could not find the requested resource"};
          case 409 ->
              new String[] {
                "Conflict",
                "the object has been modified; please apply your changes to the latest version and"
                    + " try again"
              };
          case 422 -> new String[] {"Invalid", "the object is invalid"};
          case 429 ->
              new String[] {
                "TooManyRequests",
                "the server has received too many requests and has asked us to try again later"
              };
          case 503 ->
              new String[] {
                "ServiceUnavailable", "the server is currently unable to handle the request"
              };
          case 504 ->
              new String[] {
                "Timeout", "the server was unable to return a response in the time allotted"
              };
          default ->
              new String[] {
                "InternalError", "an error on the server has prevented the request from succeeding"
              };
        };
    return new ApiException(
        answer.status(), answer.reason().orElse(usual[0]), answer.message().orElse(usual[1]));
  }
}
