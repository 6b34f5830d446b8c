package io.byteport.lsp;

import io.byteport.lsp.live.Ask;
import io.byteport.lsp.live.Live;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.eclipse.lsp4j.ExecuteCommandParams;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;
import tools.jackson.core.JacksonException;

/**
 * What the server does when it is told to, by the names of the commands. Each takes one object;
 * what is in it and in the answer, docs/editor-commands.md says.
 */
final class Commands {
  static final String RUN_TESTS = "byteport.runTests";
  static final String EXPLAIN = "byteport.explain";
  static final String EXPLAIN_WITH = "byteport.explainWith";
  static final String FLOW = "byteport.flow";
  static final String CREATE_TEST = "byteport.createTest";
  static final String SHOW = "byteport.show";
  static final String REFERENCES = "byteport.references";

  static final List<String> ALL =
      List.of(RUN_TESTS, EXPLAIN, EXPLAIN_WITH, FLOW, CREATE_TEST, SHOW, REFERENCES);

  private final Map<String, Function<Ask, CompletableFuture<Object>>> commands =
      new LinkedHashMap<>();

  Commands(Live live, Deeds deeds) {
    commands.put(RUN_TESTS, live::runTests);
    commands.put(EXPLAIN, live::explain);
    commands.put(EXPLAIN_WITH, live::explainWith);
    commands.put(FLOW, live::flow);
    commands.put(CREATE_TEST, deeds::createTest);
    commands.put(SHOW, deeds::show);
    commands.put(REFERENCES, deeds::references);
  }

  /** Does what a client asks for. */
  CompletableFuture<Object> execute(ExecuteCommandParams params) {
    Function<Ask, CompletableFuture<Object>> command = commands.get(params.getCommand());
    if (command == null) {
      return refused("no command `" + params.getCommand() + "`");
    }
    List<Object> arguments = params.getArguments();
    try {
      return command.apply(
          Ask.of(arguments == null || arguments.isEmpty() ? Map.of() : arguments.getFirst()));
    } catch (JacksonException broken) {
      return refused(params.getCommand() + ": expected an object");
    }
  }

  private static CompletableFuture<Object> refused(String words) {
    return CompletableFuture.failedFuture(
        new ResponseErrorException(
            new ResponseError(ResponseErrorCode.InvalidParams, words, null)));
  }
}
