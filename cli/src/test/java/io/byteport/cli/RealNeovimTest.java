package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Neovim, set up as docs/editors.md says, gets from the server what the program says. */
@Tag("real")
class RealNeovimTest {
  /** What each test needs of its client; answers go to a file as JSON. */
  private static final String DRIVER =
      """
      vim.o.swapfile = false
      local PATIENCE = 120000

      function open(name)
        vim.cmd("edit " .. name)
        assert(vim.wait(PATIENCE, function()
          local _, client = next(vim.lsp.buf_get_clients())
          return client ~= nil and client.initialized
        end, 50), "no server")
      end

      function text()
        return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), "\\n") .. "\\n"
      end

      function await(what, holds)
        assert(vim.wait(PATIENCE, holds, 50), what)
      end

      -- The line on which words stand, and the column after them, from 0.
      function after(words)
        for number, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
          local _, column = line:find(words, 1, true)
          if column then return number - 1, column end
        end
        error("no " .. words)
      end

      function ask(method, words)
        local line, column = after(words)
        local params = {
          textDocument = vim.lsp.util.make_text_document_params(),
          position = { line = line, character = column },
        }
        local answers = assert(vim.lsp.buf_request_sync(0, method, params, PATIENCE))
        local _, answer = next(answers)
        return answer.result
      end

      function tell(answer)
        vim.fn.writefile({ vim.fn.json_encode(answer) }, "answer.json")
      end
      """;

  @TempDir private Path temporary;
  private EditorFolder folder;
  private Path neovim;

  @BeforeEach
  void installed() throws IOException {
    Optional<Path> found = Installed.find("nvim");
    assumeTrue(found.isPresent(), "nvim is not installed");
    neovim = found.orElseThrow();
    folder = new EditorFolder(temporary);
  }

  /** What a script has told, run in Neovim. */
  private JsonNode drive(String script) throws IOException, InterruptedException {
    Path init = folder.write("init.lua", EditorFolder.snippet("Neovim before 0.11", "lua"));
    Path driver =
        folder.write(
            "drive.lua",
            DRIVER
                + "\nlocal well, trouble = pcall(function()\n"
                + script
                + "\nend)\nif not well then print(trouble) end\nvim.cmd('qall!')\n");
    String said =
        folder.run(
            neovim,
            "--headless",
            "--clean",
            "-u",
            init.toString(),
            "-c",
            "filetype on",
            "-c",
            "luafile " + driver);
    Path answer = init.resolveSibling("answer.json");
    assertThat(answer).as(said).exists();
    return new JsonMapper().readTree(Files.readString(answer));
  }

  @Test
  void it_shows_what_validate_finds() throws Exception {
    folder.edit("patient.restarts > 3", "cuont([patient.restart]) > 3");

    JsonNode shown =
        drive(
            """
            open("restarting_pod.yaml")
            await("no findings", function() return #vim.diagnostic.get(0) > 0 end)
            tell(vim.diagnostic.get(0))
            """);

    Program validated = Program.run("validate", "--output", "json", folder.runbook().toString());
    List<String> said =
        all(new JsonMapper().readTree(validated.out()))
            .map(
                one ->
                    "%d:%d %s %s"
                        .formatted(
                            one.path("line").asInt() - 1,
                            one.path("column").asInt() - 1,
                            one.path("code").asString(),
                            one.path("message").asString()))
            .toList();
    assertThat(said).isNotEmpty();
    assertThat(
            all(shown)
                .map(
                    one ->
                        "%d:%d %s %s"
                            .formatted(
                                one.path("lnum").asInt(),
                                one.path("col").asInt(),
                                one.path("code").asString(),
                                one.path("message").asString().lines().findFirst().orElse(""))))
        .containsExactlyInAnyOrderElementsOf(said);
  }

  @Test
  void it_lays_out_as_fmt_does() throws Exception {
    folder.edit("patient.restarts > 3", "patient.restarts   >3 && true");

    JsonNode told =
        drive(
            """
            open("restarting_pod.yaml")
            vim.lsp.buf.formatting_sync(nil, 120000)
            tell({ text = text() })
            """);

    assertThat(Program.run("fmt", folder.runbook().toString()).status()).isEqualTo(ExitStatus.OK);
    assertThat(told.path("text").asString())
        .isEqualTo(Files.readString(folder.runbook()))
        .contains("patient.restarts > 3 and true");
  }

  @Test
  void it_completes_inside_an_expression() throws Exception {
    JsonNode told =
        drive(
            """
            open("restarting_pod.yaml")
            local found = ask("textDocument/completion", "when: patient.")
            tell(found.items or found)
            """);

    assertThat(all(told).map(one -> one.path("label").asString())).contains("restarts", "phase");
  }

  @Test
  void it_renames_a_fact_in_the_runbook_and_its_test() throws Exception {
    JsonNode told =
        drive(
            """
            open("restarting_pod.test.yaml")
            open("restarting_pod.yaml")
            local line, column = after("when: patient")
            vim.api.nvim_win_set_cursor(0, { line + 1, column - 1 })
            vim.lsp.buf.rename("victim")
            await("not renamed", function() return text():find("victim", 1, true) end)
            local runbook = text()
            open("restarting_pod.test.yaml")
            await("not renamed", function() return text():find("victim", 1, true) end)
            tell({ runbook = runbook, test = text() })
            """);

    assertThat(told.path("runbook").asString())
        .contains("victim:\n", "when: victim.restarts > 3", "${victim.restarts}", "${victim.name}")
        .doesNotContain("patient");
    assertThat(told.path("test").asString())
        .contains("victim: { name: api-1, restarts: 4 }")
        .doesNotContain("patient");
  }

  @Test
  void it_says_what_stands_under_the_cursor() throws Exception {
    JsonNode told =
        drive(
            """
            open("restarting_pod.yaml")
            tell(ask("textDocument/hover", "when: patient.rest"))
            """);

    assertThat(told.path("contents").toString()).contains("restarts", "integer");
  }

  private static Stream<JsonNode> all(JsonNode nodes) {
    return StreamSupport.stream(nodes.spliterator(), false);
  }
}
