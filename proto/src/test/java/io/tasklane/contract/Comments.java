package io.tasklane.contract;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The comments of the contract by full name, read from the descriptor set that the build writes
 * with its source info (path numbers: descriptor.proto, {@code SourceCodeInfo.Location}).
 */
final class Comments {
  private static final Path DESCRIPTORS = Path.of("target/descriptors/tasklane.protobin");

  private final Map<String, String> byName = new HashMap<>();
  private Map<List<Integer>, String> ofFile = Map.of();

  Comments() throws IOException {
    for (FileDescriptorProto file :
        FileDescriptorSet.parseFrom(Files.readAllBytes(DESCRIPTORS)).getFileList()) {
      if (file.getPackage().equals("tasklane.v1")) {
        read(file);
      }
    }
  }

  /** The comment above the element, empty where there is none. */
  Optional<String> of(String fullName) {
    return Optional.ofNullable(byName.get(fullName)).filter(text -> !text.isBlank());
  }

  private void read(FileDescriptorProto file) {
    ofFile = new HashMap<>();
    file.getSourceCodeInfo()
        .getLocationList()
        .forEach(l -> ofFile.put(l.getPathList(), l.getLeadingComments().strip()));
    for (int i = 0; i < file.getMessageTypeCount(); i++) {
      read(file.getMessageType(i), file.getPackage(), List.of(4, i));
    }
    for (int i = 0; i < file.getEnumTypeCount(); i++) {
      read(file.getEnumType(i), file.getPackage(), List.of(5, i));
    }
    for (int i = 0; i < file.getServiceCount(); i++) {
      read(file.getService(i), file.getPackage(), List.of(6, i));
    }
  }

  private void read(DescriptorProto message, String scope, List<Integer> path) {
    String name = keep(scope + "." + message.getName(), path);
    for (int i = 0; i < message.getFieldCount(); i++) {
      keep(name + "." + message.getField(i).getName(), below(path, 2, i));
    }
    for (int i = 0; i < message.getOneofDeclCount(); i++) {
      keep(name + "." + message.getOneofDecl(i).getName(), below(path, 8, i));
    }
    for (int i = 0; i < message.getNestedTypeCount(); i++) {
      read(message.getNestedType(i), name, below(path, 3, i));
    }
    for (int i = 0; i < message.getEnumTypeCount(); i++) {
      read(message.getEnumType(i), name, below(path, 4, i));
    }
  }

  private void read(EnumDescriptorProto type, String scope, List<Integer> path) {
    String name = keep(scope + "." + type.getName(), path);
    for (int i = 0; i < type.getValueCount(); i++) {
      keep(name + "." + type.getValue(i).getName(), below(path, 2, i));
    }
  }

  private void read(ServiceDescriptorProto service, String scope, List<Integer> path) {
    String name = keep(scope + "." + service.getName(), path);
    for (int i = 0; i < service.getMethodCount(); i++) {
      keep(name + "." + service.getMethod(i).getName(), below(path, 2, i));
    }
  }

  private String keep(String fullName, List<Integer> path) {
    byName.put(fullName, ofFile.getOrDefault(path, ""));
    return fullName;
  }

  private static List<Integer> below(List<Integer> path, int kind, int index) {
    List<Integer> longer = new ArrayList<>(path);
    longer.addAll(List.of(kind, index));
    return longer;
  }
}
