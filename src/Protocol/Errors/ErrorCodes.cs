namespace Worcr.Protocol;

/// <summary>All error codes. Codes are never renamed and never change their status.</summary>
public static class ErrorCodes
{
    /// <summary>The body is not JSON (or NDJSON) in valid UTF-8, is empty, nests too deep, or goes on after its end.</summary>
    public static readonly ErrorCode InvalidJson = new("invalid_json", 400, "The body is not valid JSON");

    /// <summary>A field has a wrong type or a value out of its bounds, is missing, or is there twice.</summary>
    public static readonly ErrorCode InvalidField = new("invalid_field", 400, "A field is not valid");

    /// <summary>A field that this version does not know.</summary>
    public static readonly ErrorCode UnknownField = new("unknown_field", 400, "A field is not known");

    /// <summary>A part of the path or of the query string is not valid or not known.</summary>
    public static readonly ErrorCode InvalidParameter = new("invalid_parameter", 400, "A parameter is not valid");

    /// <summary>The HTTP request itself is malformed.</summary>
    public static readonly ErrorCode BadRequest = new("bad_request", 400, "The request is malformed");

    /// <summary>No key, or one that is not known.</summary>
    public static readonly ErrorCode Unauthorized = new("unauthorized", 401, "A valid key is needed");

    /// <summary>The key may not do this, or a browser page of another origin asks.</summary>
    public static readonly ErrorCode Forbidden = new("forbidden", 403, "This is not allowed");

    /// <summary>No such job or resource.</summary>
    public static readonly ErrorCode NotFound = new("not_found", 404, "There is no such thing");

    /// <summary>No such path in this version of the API.</summary>
    public static readonly ErrorCode NoSuchRoute = new("no_such_route", 404, "There is no such path in this version of the API");

    /// <summary>The path does not know this method.</summary>
    public static readonly ErrorCode MethodNotAllowed = new("method_not_allowed", 405, "The path does not know this method");

    /// <summary>The client was too slow to send its request.</summary>
    public static readonly ErrorCode RequestTimeout = new("request_timeout", 408, "The request took too long to arrive");

    /// <summary>A unique key is taken and the policy says to refuse.</summary>
    public static readonly ErrorCode UniqueConflict = new("unique_conflict", 409, "The unique key is taken");

    /// <summary>The job's state does not allow it.</summary>
    public static readonly ErrorCode IllegalTransition = new("illegal_transition", 409, "The job's state does not allow it");

    /// <summary>Something else has the name already.</summary>
    public static readonly ErrorCode NameTaken = new("name_taken", 409, "The name is taken");

    /// <summary>The result's time to live is over.</summary>
    public static readonly ErrorCode ResultGone = new("result_gone", 410, "The result is not kept any more");

    /// <summary>More than a size limit allows.</summary>
    public static readonly ErrorCode TooLarge = new("too_large", 413, "Too large");

    /// <summary>The body's content type is not one that the path takes.</summary>
    public static readonly ErrorCode UnsupportedMediaType = new("unsupported_media_type", 415, "The content type is not supported");

    /// <summary>At capacity: try again after <c>Retry-After</c> seconds.</summary>
    public static readonly ErrorCode Overloaded = new("overloaded", 429, "At capacity");

    /// <summary>A defect of the server; its log knows more.</summary>
    public static readonly ErrorCode Internal = new("internal", 500, "The server failed");

    /// <summary>The silo is draining: ask another one, or again later.</summary>
    public static readonly ErrorCode Draining = new("draining", 503, "The silo is draining");

    /// <summary>The dispatcher cannot answer now; whether the request took effect is not known.</summary>
    public static readonly ErrorCode Unavailable = new("unavailable", 503, "Not available now");

    /// <summary>The whole table.</summary>
    public static IReadOnlyList<ErrorCode> All { get; } =
    [
        InvalidJson, InvalidField, UnknownField, InvalidParameter, BadRequest, Unauthorized, Forbidden, NotFound, NoSuchRoute, MethodNotAllowed,
        RequestTimeout, UniqueConflict, IllegalTransition, NameTaken, ResultGone, TooLarge, UnsupportedMediaType, Overloaded, Internal, Draining, Unavailable,
    ];
}
