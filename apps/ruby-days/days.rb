# frozen_string_literal: true

require "json"
require "sinatra/base"
require_relative "diary"

# Days until: pages, and a small API. What is stored is in diary.rb.
class Days < Sinatra::Base
  HEADERS = {
    "Content-Security-Policy" =>
      "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "Referrer-Policy" => "same-origin",
    "Cache-Control" => "no-cache"
  }.freeze

  DIARY = Diary.new(ENV.fetch("DAYS_FILE", "/tmp/days.pstore"))

  set :public_folder, File.join(__dir__, "public")
  # Behind a gateway, which answers for one domain only; where a form was, browsers say themselves.
  set :protection, except: %i[http_origin remote_token session_hijacking]
  set :host_authorization, {} if settings.respond_to?(:host_authorization)

  helpers do
    # What people write is text in a page, never HTML.
    def text(value) = Rack::Utils.escape_html(value)

    def today = Date.today

    def distance(day)
      case (days = day.days_from(today))
      when 0 then "today"
      when 1 then "tomorrow"
      when 2.. then "in #{days} days"
      else "gone by"
      end
    end

    def json(value, status = 200)
      content_type :json
      halt status, value.to_json
    end
  end

  before do
    headers HEADERS
    halt 403, "Pages of other sites cannot do this in your name.\n" if request.env["HTTP_SEC_FETCH_SITE"] == "cross-site" && !request.safe?
  end

  get("/") { front }

  get("/health") { json({ status: "ok", days: DIARY.listed(today).size }) }

  post "/" do
    DIARY.add(params["title"], params["date"])
    redirect "/", 303
  rescue Diary::Refusal => refusal
    status 422
    front(refusal.message)
  end

  post "/api/days" do
    day, key = DIARY.add(params["title"], params["date"], listed: params["listed"] != "no")
    json({ id: day.id, key: key }, 201)
  rescue Diary::Refusal => refusal
    json({ problem: refusal.message }, 422)
  end

  get "/api/days/:id" do
    day = DIARY.find(params["id"]) or json({ problem: "There is no such day." }, 404)
    json({ id: day.id, title: day.title, date: day.date, days: day.days_from(today) })
  end

  delete "/api/days/:id" do
    key = request.env.fetch("HTTP_AUTHORIZATION", "").delete_prefix("Bearer ")
    DIARY.remove(params["id"], key) ? halt(204) : json({ problem: "There is no such day, or the key is not its own." }, 404)
  end

  def front(trouble = nil)
    erb :front, locals: { days: DIARY.listed(today), trouble: trouble }
  end
end
