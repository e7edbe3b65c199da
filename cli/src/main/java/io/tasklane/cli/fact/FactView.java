package io.tasklane.cli.fact;

import com.google.gson.JsonArray;
import com.google.protobuf.util.Timestamps;
import io.tasklane.cli.output.Json;
import io.tasklane.cli.output.OutputFormat;
import io.tasklane.cli.output.Table;
import io.tasklane.v1.Fact;
import java.io.PrintWriter;
import java.util.List;

/** How facts are printed. */
final class FactView {
  private final PrintWriter out;
  private final OutputFormat format;

  FactView(PrintWriter out, OutputFormat format) {
    this.out = out;
    this.format = format;
  }

  void one(Fact fact) {
    if (format.isData()) {
      out.println(format.document(Json.of(fact)));
    } else {
      table(List.of(fact));
    }
  }

  void many(List<Fact> facts) {
    if (format == OutputFormat.TABLE) {
      table(facts);
      return;
    }
    JsonArray array = new JsonArray();
    facts.forEach(fact -> array.add(Json.of(fact)));
    out.println(format.document(array));
  }

  private void table(List<Fact> facts) {
    Table table = new Table("NAME", "VALUE", "EXPIRES", "SET", "BY");
    for (Fact fact : facts) {
      table.row(
          fact.getName(),
          format.next(Json.of(fact.getValue())),
          fact.hasExpireTime() ? Timestamps.toString(fact.getExpireTime()) : "",
          Timestamps.toString(fact.getUpdateTime()),
          fact.getActor().getPrincipal());
    }
    table.print(out);
  }
}
