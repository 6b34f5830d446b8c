package io.byteport.dsl.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.source.Position;
import io.byteport.dsl.source.SourceFile;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceReaderTest {

  private static Diagnostic only(Checked<SourceFile> checked) {
    assertThat(checked.value()).isEmpty();
    assertThat(checked.diagnostics()).hasSize(1);
    return checked.diagnostics().getFirst();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String place(Diagnostic found) {
    Position place = found.file().position(found.span().start());
    return (place.line() + 1) + ":" + (place.column() + 1);
  }

  @Test
  void a_file_is_read_as_utf8(@TempDir Path folder) throws IOException {
    Path path = Files.writeString(folder.resolve("x.yaml"), "title: 日本 🔁\n");
    SourceFile file = SourceReader.read(path).value().orElseThrow();
    assertThat(file.text()).isEqualTo("title: 日本 🔁\n");
    assertThat(file.name()).isEqualTo(path.toString());
  }

  @Test
  void a_byte_order_mark_is_left_out() {
    assertThat(SourceReader.read("x", utf8("\uFEFFa: b")).value().orElseThrow().text())
        .isEqualTo("a: b");
  }

  @Test
  void a_missing_file_is_told(@TempDir Path folder) {
    Diagnostic found = only(SourceReader.read(folder.resolve("none.yaml")));
    assertThat(found.code()).isEqualTo(DiagnosticCode.FILE_UNREADABLE);
    assertThat(found.message()).isEqualTo("expected a readable file, found none of that name");
  }

  @Test
  void a_directory_is_told(@TempDir Path folder) {
    Diagnostic found = only(SourceReader.read(folder));
    assertThat(found.code()).isEqualTo(DiagnosticCode.FILE_UNREADABLE);
    assertThat(found.message()).isEqualTo("expected a file, found a directory");
  }

  @Test
  @Timeout(20)
  void a_pipe_that_nobody_writes_to_is_told_and_not_waited_for(@TempDir Path folder)
      throws Exception {
    Path pipe = folder.resolve("x.yaml");
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/mkfifo")), "no mkfifo here to make a pipe with");
    assertThat(new ProcessBuilder("/usr/bin/mkfifo", pipe.toString()).start().waitFor()).isZero();
    Diagnostic found = only(SourceReader.read(pipe));
    assertThat(found.code()).isEqualTo(DiagnosticCode.FILE_UNREADABLE);
    assertThat(found.message()).isEqualTo("expected a file, found a pipe or a device");
  }

  @Test
  @Timeout(20)
  void a_device_without_end_is_told_and_not_read() {
    Path zero = Path.of("/dev/zero");
    assumeTrue(Files.exists(zero), "no /dev/zero here");
    assertThat(only(SourceReader.read(zero)).code()).isEqualTo(DiagnosticCode.FILE_UNREADABLE);
  }

  @Test
  void a_file_that_may_not_be_read_is_told(@TempDir Path folder) throws IOException {
    Path path = Files.writeString(folder.resolve("x.yaml"), "a: b");
    assumeTrue(path.toFile().setReadable(false), "permissions cannot be taken away here");
    assumeFalse(Files.isReadable(path), "this user may read everything");
    Diagnostic found = only(SourceReader.read(path));
    assertThat(found.message())
        .isEqualTo("expected a readable file, found that this user may not read it");
  }

  @Test
  void a_file_below_a_file_is_told(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("x.yaml"), "a: b");
    Diagnostic found = only(SourceReader.read(file.resolve("y.yaml")));
    assertThat(found.code()).isEqualTo(DiagnosticCode.FILE_UNREADABLE);
    assertThat(found.message())
        .startsWith("expected a readable file, found ")
        .doesNotContain("Exception");
  }

  @Test
  void a_file_of_just_the_limit_is_read_and_one_byte_more_is_not(@TempDir Path folder)
      throws IOException {
    byte[] text = utf8("a".repeat(SourceReader.MAX_BYTES));
    assertThat(SourceReader.read("x", text).value()).isPresent();
    Path path = Files.write(folder.resolve("x.yaml"), utf8("a".repeat(SourceReader.MAX_BYTES + 1)));
    assertThat(only(SourceReader.read(path)).code()).isEqualTo(DiagnosticCode.FILE_TOO_LARGE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UTF-16",
        "UTF-16LE",
        "UTF-16BE",
        "UTF-32",
        "UTF-32LE",
        "x-UTF-16LE-BOM",
        "X-UTF-32LE-BOM"
      })
  void other_unicode_encodings_are_told(String charset) {
    Diagnostic found =
        only(SourceReader.read("x", "apiVersion: x\n".getBytes(Charset.forName(charset))));
    assertThat(found.code()).isEqualTo(DiagnosticCode.FILE_ENCODING);
  }

  @Test
  void a_byte_that_is_no_utf8_is_told_where_it_stands() {
    byte[] text = utf8("日: b\nc: d?f\ng: h\n");
    text[text.length - 8] = (byte) 0xE9;
    Diagnostic found = only(SourceReader.read("x", text));
    assertThat(found.code()).isEqualTo(DiagnosticCode.FILE_ENCODING);
    assertThat(found.message()).isEqualTo("expected UTF-8, found the byte 0xE9");
    assertThat(place(found)).isEqualTo("2:5");
    assertThat(found.file().line(1)).isEqualTo("c: d\uFFFDf");
  }

  @Test
  void a_text_that_ends_within_a_character_is_told() {
    byte[] text = {'a', ':', ' ', (byte) 0xE6, (byte) 0x97};
    assertThat(place(only(SourceReader.read("x", text)))).isEqualTo("1:4");
  }

  @Test
  void an_encoded_surrogate_is_told() {
    byte[] text = {'a', (byte) 0xED, (byte) 0xA0, (byte) 0x80};
    assertThat(place(only(SourceReader.read("x", text)))).isEqualTo("1:2");
  }

  @Test
  void a_nul_is_told_where_it_stands() {
    Diagnostic found = only(SourceReader.read("x", utf8("a: b\n🔁: \0\n")));
    assertThat(found.code()).isEqualTo(DiagnosticCode.FILE_ENCODING);
    assertThat(place(found)).isEqualTo("2:4");
  }

  @Test
  void an_empty_file_is_a_text() {
    assertThat(SourceReader.read("x", new byte[0]).value().orElseThrow().text()).isEmpty();
  }
}
