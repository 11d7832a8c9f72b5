-- What src/bench/lv2.py has Ardour do, headless: ardour7-lua ardour.lua COMMAND FOLDER [...]. It answers with lines.
--
--   make FOLDER WAY           a session with the tracks keys and answers, WAY = plugin or ports
--   sound FOLDER WAY          opens it, lets the answers be played by a synthesiser, and saves
--   play FOLDER WAY SECONDS   opens it, waits for a line, rolls from the beginning and records for so long, and saves

local command, folder, way, seconds = arg[1], arg[2], arg[3], tonumber(arg[4] or "0")
local URI = "https://antiphon.example/lv2"
-- Reasonable Synth, which comes with Ardour: lets the bounce sound.
local SYNTH = "https://community.ardour.org/node/7596"
-- Which of the plugin's control inputs it is that starts the program.
local START_INPUT = 3
local INPUT = 1
local DISK = 2

local function say(...)
  print(...)
  io.stdout:flush()
end

local function connect_jack()
  local backend = AudioEngine:set_backend("JACK", "ardour", "")
  assert(not backend:isnil(), "no JACK back end")
end

local function route(name)
  local found = Session:route_by_name(name)
  assert(not found:isnil(), "no track " .. name)
  return found
end

local function new_track(name)
  local tracks = Session:new_midi_track(
    ARDOUR.ChanCount(ARDOUR.DataType("midi"), 1), ARDOUR.ChanCount(ARDOUR.DataType("midi"), 1), true,
    ARDOUR.PluginInfo(), nil, nil, 1, name, ARDOUR.PresentationInfo.max_order, ARDOUR.TrackMode.Normal, false)
  local track = tracks:front()
  assert(not track:isnil())
  return track
end

local function make()
  connect_jack()
  assert(create_session(folder, "antiphon", 48000), "no session")
  local keys = new_track("keys")
  local answers = new_track("answers")
  keys:output():disconnect_all(nil)
  answers:input():disconnect_all(nil)
  keys:input():disconnect_all(nil)
  if way == "plugin" then
    local made = ARDOUR.LuaAPI.new_plugin(Session, URI, ARDOUR.PluginType.LV2, "")
    assert(not made:isnil(), "no plugin")
    assert(keys:add_processor_by_index(made, 0, nil, true) == 0, "not added")
    assert(ARDOUR.LuaAPI.set_processor_param(made, START_INPUT, 1), "no control")
    assert(keys:output():connect(keys:output():nth(0), answers:input():nth(0):name(), nil) == 0, "not connected")
  end
  keys:set_active(true, nil)
  Session:save_state("")
end

local function sleep(milliseconds)
  ARDOUR.LuaAPI.usleep(milliseconds * 1000)
end

-- Lets the song roll from its beginning, and records.
local function roll()
  -- Of its own transport, for whoever wants to know where its beats are.
  ARDOUR.config():set_send_midi_clock(true)
  say("ready")
  io.stdin:read("l")
  -- Armed when all is connected, as one does: how a track is aligned depends on where its input comes from.
  for _, name in ipairs({ "keys", "answers" }) do
    local track = route(name):to_track()
    track:monitoring_control():set_value(INPUT, PBD.GroupControlDisposition.NoGroup)
    track:rec_enable_control():set_value(1, PBD.GroupControlDisposition.NoGroup)
  end
  -- What Ardour 7.3 records when the transport rolls for the first time in a new session stands a period early.
  Session:request_roll(ARDOUR.TransportRequestSource.TRS_UI)
  sleep(1000)
  Session:request_stop(false, false, ARDOUR.TransportRequestSource.TRS_UI)
  sleep(1500)
  Session:goto_start(false)
  sleep(500)
  Session:maybe_enable_record(false)
  Session:request_roll(ARDOUR.TransportRequestSource.TRS_UI)
  local told = false
  local waited = 0
  while waited < seconds * 1000 do
    sleep(5)
    waited = waited + 5
    if not told and Session:transport_rolling() and Session:transport_sample() > 4800 then
      told = true
      say(string.format("rolls %d", Session:transport_sample()))
    end
  end
  Session:request_stop(false, false, ARDOUR.TransportRequestSource.TRS_UI)
  sleep(1500)
  say("stopped")
  Session:save_state("")
  sleep(500)
end

-- Only now: with a synthesiser's latency Ardour 7.3 rolls from before the start, and its clock then tells the place in ticks.
local function sound()
  local answers = route("answers")
  local track = answers:to_track()
  track:rec_enable_control():set_value(0, PBD.GroupControlDisposition.NoGroup)
  track:monitoring_control():set_value(DISK, PBD.GroupControlDisposition.NoGroup)
  local synth = ARDOUR.LuaAPI.new_plugin(Session, SYNTH, ARDOUR.PluginType.LV2, "")
  assert(not synth:isnil(), "no synthesiser")
  assert(answers:add_processor_by_index(synth, 0, nil, true) == 0, "not added")
  sleep(500)
  if answers:output():connect(answers:output():audio(0), "ardour:Master/audio_in 1", nil) ~= 0 then
    return
  end
  say("sounds")
  sleep(500)
  Session:save_state("")
  sleep(500)
end

if command == "make" then
  make()
elseif command == "sound" then
  connect_jack()
  assert(load_session(folder, "antiphon"), "not opened")
  sound()
elseif command == "play" then
  connect_jack()
  assert(load_session(folder, "antiphon"), "not opened")
  roll()
end
close_session()
say("closed")
quit()
