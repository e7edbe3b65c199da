package io.tasklane.cli.resource;

import com.google.gson.JsonArray;
import com.google.protobuf.util.Durations;
import io.tasklane.cli.output.Json;
import io.tasklane.cli.output.OutputFormat;
import io.tasklane.cli.output.Table;
import io.tasklane.v1.Resource;
import java.io.PrintWriter;
import java.util.List;

/** How resources are printed. */
final class ResourceView {
  private final PrintWriter out;
  private final OutputFormat format;

  ResourceView(PrintWriter out, OutputFormat format) {
    this.out = out;
    this.format = format;
  }

  void one(Resource resource) {
    if (format.isData()) {
      out.println(format.document(Json.of(resource)));
    } else {
      table(List.of(resource));
    }
  }

  void many(List<Resource> resources) {
    if (format == OutputFormat.TABLE) {
      table(resources);
      return;
    }
    JsonArray array = new JsonArray();
    resources.forEach(resource -> array.add(Json.of(resource)));
    out.println(format.document(array));
  }

  private void table(List<Resource> resources) {
    Table table = new Table("NAME", "CAPACITY", "REFILL", "HELD", "FREE");
    for (Resource r : resources) {
      table.row(
          r.getName(),
          r.getCapacity() == 0 ? "" : r.getCapacity(),
          r.getRefillUnits() == 0
              ? ""
              : r.getRefillUnits() + " in " + Durations.toString(r.getRefillPeriod()),
          r.getHeldUnits(),
          r.getFreeUnits());
    }
    table.print(out);
  }
}
