#include "bot/http_api/predict_request.hpp"

#include <nlohmann/json.hpp>
#include <utility>

namespace nunchi::http_api {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kMaxDepth = 32;

constexpr const char* kShapes =
    "`inputs` must be a string or a batch, a list of lists of one string each: [[\"…\"], [\"…\"]]";

/// Where in the request a value stands.
enum class Place {
    root,
    inputs,
    input,       // an element of the list in `inputs`
    batch_text,  // an element of one input of a batch
    truncate,
    truncation_direction,
    raw_scores,
    parameters,
    top_k,              // of parameters
    function_to_apply,  // of parameters
    passed_over,        // in a member that has no meaning here
};

Place member_named(std::string_view name) {
    if (name == "inputs") return Place::inputs;
    if (name == "truncate") return Place::truncate;
    if (name == "truncation_direction") return Place::truncation_direction;
    if (name == "raw_scores") return Place::raw_scores;
    if (name == "parameters") return Place::parameters;
    return Place::passed_over;
}

Place parameter_named(std::string_view name) {
    if (name == "top_k") return Place::top_k;
    if (name == "function_to_apply") return Place::function_to_apply;
    return Place::passed_over;
}

const char* expectation_at(Place place) {
    switch (place) {
        case Place::root: return "the body must be a JSON object with the member `inputs`";
        case Place::inputs:
        case Place::input:
        case Place::batch_text: return kShapes;
        case Place::truncate: return "`truncate` must be true or false";
        case Place::truncation_direction: return "`truncation_direction` must be \"left\" or \"right\"";
        case Place::raw_scores: return "`raw_scores` must be true or false";
        case Place::parameters: return "`parameters` must be an object";
        case Place::top_k: return "`top_k` must be a whole number from 1 on";
        case Place::function_to_apply:
            return "`function_to_apply` must be \"softmax\", \"sigmoid\" or \"none\"";
        case Place::passed_over: break;
    }
    return "the body is not a request for predictions";
}

/// Takes the parser's events one by one, so that nothing is built but the request itself.
class Reader final : public nlohmann::json_sax<Json> {
public:
    explicit Reader(std::size_t max_batch) : max_batch_(max_batch) {}

    bool null() override {
        switch (place()) {
            case Place::truncate:
            case Place::parameters:
            case Place::top_k:
            case Place::function_to_apply:
            case Place::passed_over: return true;  // As if it were not there.
            default: return wrong_type();
        }
    }

    bool boolean(bool value) override {
        switch (place()) {
            case Place::truncate: request_.truncate = value; return true;
            case Place::raw_scores:
                if (value) request_.scores = ScoreKind::logits;
                return true;
            case Place::passed_over: return true;
            default: return wrong_type();
        }
    }

    bool number_unsigned(number_unsigned_t value) override {
        if (place() == Place::passed_over) return true;
        if (place() != Place::top_k || value == 0) return wrong_type();
        request_.top_k = static_cast<std::size_t>(value);
        return true;
    }

    bool number_integer(number_integer_t) override { return place() == Place::passed_over || wrong_type(); }

    bool number_float(number_float_t, const string_t&) override {
        return place() == Place::passed_over || wrong_type();
    }

    bool string(string_t& value) override {
        switch (place()) {
            case Place::inputs:
            case Place::input:
            case Place::batch_text: return take_text(std::move(value));
            case Place::truncation_direction: return take_direction(value);
            case Place::function_to_apply: return take_function(value);
            case Place::passed_over: return true;
            default: return wrong_type();
        }
    }

    bool binary(binary_t&) override { return wrong_type(); }  // No event of JSON text.

    bool start_object(std::size_t) override {
        const Place here = place();
        if (here != Place::root && here != Place::parameters && here != Place::passed_over)
            return wrong_type();
        if (here == Place::parameters) request_.has_parameters = true;
        return enter();
    }

    bool key(string_t& name) override {
        if (depth_ == 1) return take_member(member_named(name));
        if (depth_ == 2 && member_ == Place::parameters) parameter_ = parameter_named(name);
        return true;
    }

    bool end_object() override {
        --depth_;
        return true;
    }

    bool start_array(std::size_t) override {
        const Place here = place();
        if (here == Place::input) {
            ++batch_size_;
            texts_of_input_ = 0;
        } else if (here != Place::inputs && here != Place::passed_over) {
            return wrong_type();
        }
        return enter();
    }

    bool end_array() override {
        --depth_;
        return place() == Place::input ? end_input() : true;
    }

    bool parse_error(std::size_t position, const std::string&, const Json::exception&) override {
        // The parser's own message quotes the body.
        return refuse(Refusal::malformed,
                      "the body is not JSON in UTF-8: see byte " + std::to_string(position));
    }

    result<PredictRequest> finish() {
        if (!error_.message.empty()) return std::move(error_);
        if (!has_inputs_) return ApiError{Refusal::wrong_shape, "the member `inputs` is missing"};
        if (batch_size_ > max_batch_) {
            return ApiError{Refusal::too_large_a_batch, "batch size " + std::to_string(batch_size_) +
                                                            " > maximum allowed batch size " +
                                                            std::to_string(max_batch_)};
        }
        if (is_pair_ || flat_texts_ == 2) {
            return ApiError{
                Refusal::not_readable,
                std::string("two strings in one list are a pair of sentences, and this model reads "
                            "single ones; ") +
                    kShapes};
        }
        if (flat_texts_ > 2) return ApiError{Refusal::wrong_shape, kShapes};
        if (has_empty_text_ || request_.texts.empty()) {
            return ApiError{Refusal::empty, "`inputs` cannot be empty"};
        }
        request_.is_batch = batch_size_ > 0;
        return std::move(request_);
    }

private:
    Place place() const {
        if (depth_ == 0) return Place::root;
        if (depth_ == 1) return member_;
        if (depth_ == 2 && member_ == Place::inputs) return Place::input;
        if (depth_ == 2 && member_ == Place::parameters) return parameter_;
        if (depth_ == 3 && member_ == Place::inputs) return Place::batch_text;
        return Place::passed_over;
    }

    bool enter() {
        return ++depth_ <= kMaxDepth || refuse(Refusal::wrong_shape, "the body is nested too deeply");
    }

    bool take_member(Place member) {
        member_ = member;
        if (member != Place::inputs) return true;
        if (has_inputs_) return refuse(Refusal::wrong_shape, "the member `inputs` stands twice");
        has_inputs_ = true;
        return true;
    }

    /// Texts beyond the largest batch are counted and not kept.
    bool take_text(std::string&& text) {
        if (place() == Place::input) ++flat_texts_;
        if (place() == Place::batch_text) ++texts_of_input_;
        if (flat_texts_ > 0 && batch_size_ > 0) return wrong_type();
        has_empty_text_ = has_empty_text_ || text.empty();
        if (request_.texts.size() <= max_batch_) request_.texts.push_back(std::move(text));
        return true;
    }

    bool end_input() {
        is_pair_ = is_pair_ || texts_of_input_ == 2;
        return (flat_texts_ == 0 && (texts_of_input_ == 1 || texts_of_input_ == 2)) || wrong_type();
    }

    /// Text Embeddings Inference documents small letters and takes capitals.
    bool take_direction(std::string_view name) {
        if (name != "left" && name != "Left" && name != "right" && name != "Right") return wrong_type();
        if (name == "left" || name == "Left") request_.direction = TruncationDirection::left;
        return true;
    }

    bool take_function(std::string_view name) {
        if (name != "softmax" && name != "sigmoid" && name != "none") return wrong_type();
        if (name == "sigmoid") request_.scores = ScoreKind::sigmoid;
        if (name == "none") request_.scores = ScoreKind::logits;
        return true;
    }

    bool wrong_type() { return refuse(Refusal::wrong_shape, expectation_at(place())); }

    /// Ends the reading.
    bool refuse(Refusal refusal, std::string message) {
        error_ = {refusal, std::move(message)};
        return false;
    }

    std::size_t max_batch_;
    PredictRequest request_;
    ApiError error_;
    std::size_t depth_ = 0;  // how many lists and objects are open
    Place member_ = Place::passed_over;
    Place parameter_ = Place::passed_over;
    bool has_inputs_ = false;
    std::size_t flat_texts_ = 0;      // strings that stand in `inputs` itself
    std::size_t batch_size_ = 0;      // lists that stand in it
    std::size_t texts_of_input_ = 0;  // strings in the list that is open
    bool is_pair_ = false;
    bool has_empty_text_ = false;
};

}  // namespace

result<PredictRequest> parse_predict_request(std::string_view body, std::size_t max_batch) {
    Reader reader(max_batch);
    Json::sax_parse(body, &reader);
    return reader.finish();
}

}  // namespace nunchi::http_api
