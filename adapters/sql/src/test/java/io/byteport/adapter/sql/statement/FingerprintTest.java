package io.byteport.adapter.sql.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FingerprintTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "SELECT * FROM t WHERE id = 42 | select * from t where id = ?",
        "select *  from t\\twhere id=43 | select * from t where id = ?",
        "SELECT a FROM t WHERE n = 'O''Brien' AND x = 1.5e-3 | select a from t where n = ? and x ="
            + " ?",
        "SELECT 1 WHERE a IN (1, 2, 3) | select ? where a in (?)",
        "SELECT 1 WHERE a IN ('x','y') | select ? where a in (?)",
        "INSERT INTO t (a, b) VALUES (1, 'x'), (2, 'y'), (3, 'z') | insert into t(a, b) values (?)",
        "UPDATE t SET a = $1 WHERE b = $2; | update t set a = ? where b = ?",
        "SELECT count(*) FROM t -- secret | select count(*) from t",
        "SELECT /* a /* nested */ secret */ 1 | select ?",
        "SELECT $tag$ it's $1 $tag$, $$x$$ | select ?",
        "SELECT E'it\\'s', 2 | select ?",
        "SELECT U&'d\\0061t', X'1FF', B'01' | select ?",
        "SELECT \"Order\".id FROM \"Order\" | select \"Order\".id from \"Order\"",
        "SELECT '{}'::jsonb ->> 'a' | select ? :: jsonb ->> ?",
        "SELECT 'ends nowhere | select ?…",
        "SELECT 'a\\', 'b' | select ?…",
        "SELECT 0x1F, 1_000, .5, 5. | select ?",
      })
  void a_statement_of_postgresql_without_its_data(String sql, String expected) {
    assertThat(Fingerprint.of(sql.replace("\\t", "\t"), Dialect.POSTGRES)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "SELECT \"a string\" FROM `Order` | select ? from `Order`",
        "SELECT 1 # secret | select ?",
        "SELECT 5 -- secret | select ?",
        "SELECT 5--'4' | select ? -- ?",
        "SELECT 'a\\'b' | select ?…",
        "SELECT _utf8mb4'x', N'y' | select _utf8mb4 ?",
        "/*!50000 SELECT */ 1 | ?",
      })
  void a_statement_of_mysql_without_its_data(String sql, String expected) {
    assertThat(Fingerprint.of(sql, Dialect.MYSQL)).isEqualTo(expected);
  }

  @Test
  void what_is_shown_keeps_its_layout_and_nothing_of_its_data() {
    assertThat(
            Fingerprint.shown(
                "SELECT *\n  FROM Customer -- 4711\n WHERE mail = 'a@example.com' LIMIT 10",
                Dialect.POSTGRES))
        .isEqualTo("SELECT *\n  FROM Customer  \n WHERE mail = ? LIMIT ?");
  }

  @Test
  void control_characters_reach_no_terminal() {
    String shown = Fingerprint.shown("SELECT \u001b[31m a\u0000, \u009b b", Dialect.POSTGRES);
    assertThat(shown.chars().noneMatch(Character::isISOControl)).isTrue();
    assertThat(Fingerprint.of("SELECT \u001b\u0007x", Dialect.POSTGRES)).isEqualTo("select x");
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void a_megabyte_of_anything_is_cut(Dialect dialect) {
    for (String piece : List.of("x", "(", "'", "$", "/*", "\"", "1,", "\\", "$a$ $b$ ", "E'\\'")) {
      String huge = "SELECT " + piece.repeat(1_000_000 / piece.length());
      assertThat(Fingerprint.of(huge, dialect)).hasSizeLessThanOrEqualTo(Fingerprint.LONGEST);
      assertThat(Fingerprint.shown(huge, dialect))
          .hasSizeLessThanOrEqualTo(Fingerprint.LONGEST_SHOWN);
    }
  }

  /** Whatever a statement is made of, and wherever it is cut, what was data does not come out. */
  @Property(tries = 3_000)
  void no_literal_survives(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 30) int length, @ForAll Dialect dialect) {
    Random random = new Random(seed);
    StringBuilder sql = new StringBuilder("SELECT ");
    for (int i = 0; i < length; i++) {
      sql.append(piece(random, dialect)).append(random.nextInt(4) == 0 ? "\n" : " ");
    }
    String whole = sql.toString();
    String cut = whole.substring(0, random.nextInt(whole.length()) + 1);
    for (String statement : List.of(whole, cut)) {
      assertThat(Fingerprint.of(statement, dialect).toLowerCase(Locale.ROOT))
          .as(statement)
          .doesNotContain("zq")
          .doesNotContain("77");
      assertThat(Fingerprint.shown(statement, dialect).toLowerCase(Locale.ROOT))
          .as(statement)
          .doesNotContain("zq")
          .doesNotContain("77");
    }
  }

  private static String piece(Random random, Dialect dialect) {
    String data = data(random);
    List<String> pieces =
        new ArrayList<>(
            List.of(
                "'" + data.replace("'", "''") + "'",
                "'zq''" + data.replace("'", "''") + "'",
                "77" + random.nextInt(1_000),
                ".77",
                "1.77e-77",
                "0x77",
                "/* zq" + data.replace("*", "").replace("/", "") + " */",
                "-- zq " + data.replace("\n", " ").replace("\r", " ") + "\n",
                "IN (77, 'zq', 77.5)",
                "FROM t_1 WHERE",
                "a = b",
                "AND",
                ",",
                "(a, b)",
                "count(*)",
                "x'77'"));
    if (dialect == Dialect.POSTGRES) {
      pieces.addAll(
          List.of(
              "$$" + data.replace("$", "") + " zq$$",
              "$t1$ zq $t2$ '" + data.replace("$", "") + "$t1$",
              "E'zq\\'" + data.replace("\\", "").replace("'", "''") + "'",
              "/* zq /* " + data.replace("*", "").replace("/", "") + " */ zq */",
              "\"Name\"",
              "::text"));
    } else {
      pieces.addAll(
          List.of(
              "\"" + data.replace("\"", "\"\"") + " zq\"",
              "# zq " + data.replace("\n", " ").replace("\r", " ") + "\n",
              "'zq\\'zq'",
              "`name`"));
    }
    return pieces.get(random.nextInt(pieces.size()));
  }

  private static String data(Random random) {
    String alphabet = "zq7 '\"\\;-/*#$`()\n\r\t,é\u0001";
    StringBuilder data = new StringBuilder("zq");
    for (int i = random.nextInt(12); i > 0; i--) {
      data.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return data.toString();
  }
}
