package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Emacs with eglot, set up as docs/editors.md says, gets from the server what the program says. */
@Tag("real")
class RealEmacsTest {
  /** In batch there is no loop of commands that would start the client: this does it. */
  private static final String DRIVER =
      """
      (require 'eglot)
      (require 'flymake)
      (setq eglot-connect-timeout 120 make-backup-files nil auto-save-default nil)
      (defun await (holds)
        (let ((end (+ (float-time) 120)))
          (while (and (< (float-time) end) (not (funcall holds)))
            (accept-process-output nil 0.1))))
      (defun tell (words) (write-region (concat words "\\n") nil "answer.txt" t))
      (find-file "restarting_pod.yaml")
      (tell (symbol-name major-mode))
      (eglot--maybe-activate-editing-mode)
      (unless (eglot-current-server) (apply #'eglot (eglot--guess-contact)))
      (await (lambda () (flymake-start) (flymake-diagnostics)))
      (dolist (one (flymake-diagnostics))
        (tell (format "%d %s" (line-number-at-pos (flymake-diagnostic-beg one)) (flymake-diagnostic-text one))))
      (eglot-format-buffer)
      (tell (buffer-string))
      """;

  @TempDir private Path temporary;
  private EditorFolder folder;
  private Path emacs;

  @BeforeEach
  void installed() throws IOException, InterruptedException {
    Optional<Path> found = Installed.find("emacs");
    assumeTrue(found.isPresent(), "emacs is not installed");
    emacs = found.orElseThrow();
    folder = new EditorFolder(temporary);
    String said =
        folder.run(emacs, "--batch", "--eval", "(progn (require 'yaml-mode) (require 'eglot))");
    assumeTrue(!said.contains("Cannot open load file"), "emacs has no yaml-mode or no eglot");
  }

  @Test
  void it_knows_a_runbook_shows_what_validate_finds_and_lays_out_as_fmt_does() throws Exception {
    folder.edit("patient.restarts > 3", "cuont([patient.restart])   >3");
    folder.write("init.el", EditorFolder.snippet("Emacs", "elisp"));
    folder.write("eglot.el", EditorFolder.snippet("Emacs with eglot", "elisp"));
    Path driver = folder.write("drive.el", DRIVER);

    String said =
        folder.run(
            emacs, "--batch", "-l", "./init.el", "-l", "./eglot.el", "-l", driver.toString());

    Path answer = driver.resolveSibling("answer.txt");
    assertThat(answer).as(said).exists();
    assertThat(Program.run("fmt", folder.runbook().toString()).status()).isEqualTo(ExitStatus.OK);
    assertThat(Files.readString(answer))
        .startsWith("byteport-mode\n")
        .contains("expected a function of the library, found `cuont`")
        .contains(Files.readString(folder.runbook()));
  }
}
