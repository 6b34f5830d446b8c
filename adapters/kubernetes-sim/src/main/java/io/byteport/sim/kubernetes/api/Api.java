package io.byteport.sim.kubernetes.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.byteport.sim.kubernetes.control.Simulation;
import io.byteport.sim.kubernetes.store.Json;
import java.util.List;
import java.util.Optional;

/** Answers requests to the API server, without HTTP. */
final class Api {
  private final Simulation simulation;
  private final Discovery discovery;
  private final OpenApi openApi;
  private final Writes writes;
  private final Watches watches;
  private final Authorizer authorizer;

  Api(Simulation simulation) {
    this.simulation = simulation;
    this.discovery = new Discovery(simulation.store().catalogue());
    this.openApi = new OpenApi(simulation.store().catalogue());
    this.writes = new Writes(simulation);
    this.watches = new Watches(simulation);
    this.authorizer = new Authorizer(simulation.store());
  }

  List<String> refusals() {
    return authorizer.refusals();
  }

  /** Ends all watches. */
  void close() {
    watches.close();
  }

  ApiResponse answer(ApiRequest request) {
    try {
      return route(request);
    } catch (ApiException e) {
      return ApiResponse.json(e.code(), e.status());
    } catch (RuntimeException e) {
      ApiException error = new ApiException(500, "InternalError", "Internal error occurred: " + e);
      return ApiResponse.json(error.code(), error.status());
    }
  }

  private ApiResponse route(ApiRequest request) {
    if (List.of("/healthz", "/livez", "/readyz").contains(request.path())) {
      return ApiResponse.text("ok");
    }
    if (AccessReviews.isReview(request)) {
      return ApiResponse.json(
          201, simulation.locked(() -> AccessReviews.answer(request, authorizer)));
    }
    Optional<ObjectNode> described =
        discovery.answer(request.path()).or(() -> openApi.answer(request.path()));
    if (described.isPresent()) {
      return ApiResponse.json(200, described.get());
    }
    ApiPath path =
        ApiPath.of(request.path(), simulation.store().catalogue())
            .orElseThrow(ApiException::unknownPath);
    simulation.locked(
        () -> {
          authorizer.check(request, Authorizer.Attempt.of(path, request));
          return path;
        });
    if (request.method().equals("GET") && request.isWatch() && path.subresource().isEmpty()) {
      return watches.open(path, request);
    }
    return simulation.locked(
        () -> {
          ApiResponse response =
              path.subresource().isEmpty() ? object(path, request) : subresource(path, request);
          if (!request.method().equals("GET") && !request.isDryRun()) {
            simulation.settle();
          }
          return response;
        });
  }

  private ApiResponse object(ApiPath path, ApiRequest request) {
    boolean list = path.name().isEmpty();
    if (Discovery.isMeasured(path.type()) && !request.method().equals("GET")) {
      throw ApiException.notAllowed();
    }
    return switch (request.method()) {
      case "GET" -> list ? list(path, request) : get(path, request);
      case "POST" -> {
        if (!list) {
          throw ApiException.notAllowed();
        }
        yield writes.create(path, request);
      }
      case "PUT" -> writes.replace(path, request);
      case "PATCH" -> writes.patch(path, request);
      case "DELETE" -> list ? writes.deleteAll(path, request) : writes.delete(path, request);
      default -> throw ApiException.notAllowed();
    };
  }

  private ApiResponse list(ApiPath path, ApiRequest request) {
    ObjectNode list = Lists.list(simulation.store(), path, request);
    if (request.wantsMetadata()) {
      list.put("kind", "PartialObjectMetadataList").put("apiVersion", "meta.k8s.io/v1");
      list.set(
          "items", Json.array(Json.objects(list, "items").stream().map(Api::metadata).toList()));
      return ApiResponse.json(200, list);
    }
    if (!request.wantsTable()) {
      return ApiResponse.json(200, list);
    }
    ObjectNode table = Tables.table(path.type(), Json.objects(list, "items"), simulation.now());
    table.set("metadata", list.get("metadata"));
    return ApiResponse.json(200, table);
  }

  private ApiResponse get(ApiPath path, ApiRequest request) {
    ObjectNode object = writes.existing(path);
    if (request.wantsMetadata()) {
      return ApiResponse.json(200, metadata(object));
    }
    return ApiResponse.json(
        200,
        request.wantsTable()
            ? Tables.table(path.type(), List.of(object), simulation.now())
            : object);
  }

  /** All that is sent of an object to one who asks for no more. */
  private static ObjectNode metadata(ObjectNode object) {
    return Json.object(
        "kind",
        "PartialObjectMetadata",
        "apiVersion",
        "meta.k8s.io/v1",
        "metadata",
        object.path("metadata"));
  }

  private ApiResponse subresource(ApiPath path, ApiRequest request) {
    String name = path.subresource();
    if (!path.type().subresources().contains(name)) {
      throw ApiException.unknownPath();
    }
    ObjectNode object = writes.existing(path);
    String method = request.method();
    if (name.equals("log") && method.equals("GET")) {
      return PodLogs.read(simulation, object, request);
    }
    if (name.equals("eviction") && method.equals("POST")) {
      ObjectNode eviction = request.object();
      boolean dryRun =
          request.isDryRun() || Json.texts(eviction, "deleteOptions", "dryRun").contains("All");
      Writes.checkPreconditions(path, object, Json.at(eviction, "deleteOptions", "preconditions"));
      return Evictions.evict(simulation, object, eviction, dryRun);
    }
    return switch (method) {
      case "GET" -> ApiResponse.json(200, name.equals("scale") ? Writes.scale(object) : object);
      case "PUT" -> writes.replace(path, request);
      case "PATCH" -> writes.patch(path, request);
      default -> throw ApiException.notAllowed();
    };
  }
}
