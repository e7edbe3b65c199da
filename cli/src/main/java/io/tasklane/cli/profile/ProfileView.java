package io.tasklane.cli.profile;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.tasklane.cli.output.OutputFormat;
import io.tasklane.cli.output.Table;
import java.io.PrintWriter;
import java.util.List;

/** How profiles are printed: whether they have a token, and never which. */
record ProfileView(PrintWriter out, OutputFormat format) {
  void one(String name, Profiles profiles) {
    if (format.isData()) {
      out.println(format.document(json(name, profiles)));
      return;
    }
    table(List.of(name), profiles);
  }

  void many(Profiles profiles) {
    List<String> names = List.copyOf(profiles.byName().keySet());
    if (format.isData()) {
      JsonArray array = new JsonArray();
      names.forEach(name -> array.add(json(name, profiles)));
      out.println(format.document(array));
      return;
    }
    table(names, profiles);
  }

  private void table(List<String> names, Profiles profiles) {
    Table table = new Table("NAME", "SERVER", "TOKEN", "USED");
    for (String name : names) {
      Profile profile = profiles.byName().get(name);
      table.row(
          name,
          profile.server(),
          profile.token().isPresent() ? "set" : "none",
          isUsed(name, profiles) ? "yes" : "");
    }
    table.print(out);
  }

  private static JsonObject json(String name, Profiles profiles) {
    Profile profile = profiles.byName().get(name);
    JsonObject object = new JsonObject();
    object.addProperty("name", name);
    object.addProperty("server", profile.server());
    object.addProperty("hasToken", profile.token().isPresent());
    object.addProperty("used", isUsed(name, profiles));
    return object;
  }

  private static boolean isUsed(String name, Profiles profiles) {
    return profiles.used().filter(name::equals).isPresent();
  }
}
