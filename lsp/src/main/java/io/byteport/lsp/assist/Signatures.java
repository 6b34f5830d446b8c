package io.byteport.lsp.assist;

import io.byteport.dsl.edit.Cursor;
import io.byteport.dsl.edit.Place;
import io.byteport.dsl.expr.Fragment;
import io.byteport.dsl.expr.Function;
import io.byteport.dsl.expr.Functions;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.ListType;
import io.byteport.dsl.type.Type.SeriesType;
import io.byteport.lsp.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.lsp4j.MarkupContent;
import org.eclipse.lsp4j.MarkupKind;
import org.eclipse.lsp4j.ParameterInformation;
import org.eclipse.lsp4j.SignatureHelp;
import org.eclipse.lsp4j.SignatureInformation;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.lsp4j.jsonrpc.messages.Tuple;

/** The signatures of the function whose call holds a place. */
public final class Signatures {
  private Signatures() {}

  /** Of the innermost call; empty where none holds the place. */
  public static Optional<SignatureHelp> at(View view, int offset) {
    Place place = Cursor.at(view.text(), offset);
    if (place.role() != Place.Role.VALUE) {
      return Optional.empty();
    }
    Sight sight = new Sight(view, place);
    return Completions.expression(place, sight.shape())
        .map(part -> fragment(place, part))
        .filter(fragment -> !fragment.calls().isEmpty())
        .flatMap(fragment -> help(sight, fragment));
  }

  private static Fragment fragment(Place place, Span part) {
    int[] points = place.content().codePoints().toArray();
    String text = new String(points, part.start(), part.end() - part.start());
    return Fragment.at(text, place.at() - part.start());
  }

  private static Optional<SignatureHelp> help(Sight sight, Fragment fragment) {
    Fragment.Call call = fragment.calls().getLast();
    List<Function> overloads = Functions.named(call.function());
    if (overloads.isEmpty()) {
      return Optional.empty();
    }
    List<SignatureInformation> signatures = new ArrayList<>();
    for (Function function : overloads) {
      signatures.add(signature(function, call.argument()));
    }
    SignatureHelp help = new SignatureHelp();
    help.setSignatures(signatures);
    int active = active(overloads, call, fragment, sight);
    help.setActiveSignature(active);
    help.setActiveParameter(parameter(overloads.get(active), call.argument()));
    return Optional.of(help);
  }

  private static int parameter(Function function, int argument) {
    int last = function.parameters().size() - 1;
    return function.variadic() ? Math.min(argument, last) : argument;
  }

  private static SignatureInformation signature(Function function, int argument) {
    String label = Wording.signature(function);
    SignatureInformation information = new SignatureInformation(label);
    String examples =
        function.examples().isEmpty()
            ? ""
            : "\n\n`"
                + function.examples().getFirst().expression()
                + "` is `"
                + function.examples().getFirst().result()
                + "`";
    information.setDocumentation(new MarkupContent(MarkupKind.MARKDOWN, function.doc() + examples));
    List<ParameterInformation> parameters = new ArrayList<>();
    int at = function.name().length() + 1;
    for (Function.Parameter one : function.parameters()) {
      String words = Wording.parameter(one);
      ParameterInformation parameter = new ParameterInformation();
      parameter.setLabel(Either.forRight(Tuple.two(at, at + words.length())));
      if (one.lambda()) {
        parameter.setDocumentation("Over each element in turn, which is `$`.");
      }
      parameters.add(parameter);
      at += words.length() + 2;
    }
    information.setParameters(parameters);
    information.setActiveParameter(parameter(function, argument));
    return information;
  }

  /** The overload that takes so many arguments and such a first one. */
  private static int active(
      List<Function> overloads, Fragment.Call call, Fragment fragment, Sight sight) {
    if (overloads.size() == 1) {
      return 0;
    }
    boolean list =
        call.argument() > 0
            && fragment.type(call.first(), sight.scope()).map(Signatures::isList).orElse(false);
    int best = 0;
    int most = -1;
    for (int i = 0; i < overloads.size(); i++) {
      Function function = overloads.get(i);
      boolean takes = function.variadic() || call.argument() < function.parameters().size();
      boolean overList =
          !function.parameters().isEmpty()
              && function.parameters().getFirst().type().equals("list");
      int points = (takes ? 2 : 0) + (call.argument() > 0 && overList == list ? 1 : 0);
      if (points > most) {
        best = i;
        most = points;
      }
    }
    return best;
  }

  private static boolean isList(Type type) {
    return type.nonNull() instanceof ListType || type.nonNull() instanceof SeriesType;
  }
}
